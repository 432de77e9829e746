/** The metrics, with their units. CloudWatch charges for each one, so `docs/costs.md` counts them. */
export const METRIC_UNITS = {
  /** Answered, whatever the answer. */
  Frames: 'Count',
  /** Answered with an error. */
  FramesRefused: 'Count',
  FrameTime: 'Milliseconds',
  /** Acked, repeated ones included. */
  Publications: 'Count',
  Connects: 'Count',
  Disconnects: 'Count',
  PushesGone: 'Count',
  PushesExpired: 'Count',
  /** Rows of connections that have not expired. */
  ConnectionsKnown: 'Count',
} as const;

export type MetricName = keyof typeof METRIC_UNITS;

export type Numbers = Partial<Record<MetricName, number>>;
