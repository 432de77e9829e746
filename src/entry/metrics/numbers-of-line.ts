import type { Tally } from '../../application/delivery/pusher.js';
import type { Numbers } from './metric-names.js';

/** The part of a log line from which metrics are computed. */
export interface MeasuredLine {
  /** Absent if the line is not about a client's frame. */
  connectionId?: string;
  route?: string;
  outcome?: string;
  durationMs?: number;
  tally?: Tally;
  connections?: number;
}

const PUBLISHING = new Set(['broadcast', 'publish', 'send']);

/** All numbers come from the line, so that every metric can be looked up in the log. */
export const numbersOfLine = (line: MeasuredLine): Numbers => ({
  ...ofRoute(line),
  ...(line.tally?.gone && { PushesGone: line.tally.gone }),
  ...(line.tally?.expired && { PushesExpired: line.tally.expired }),
});

const ofRoute = ({ connectionId, route, outcome, durationMs, connections }: MeasuredLine): Numbers => {
  const isOk = outcome === 'ok';
  switch (route) {
    case undefined:
    case 'authorizer':
    case 'fan-out':
    case 'disconnect-user':
      return {};
    case '$connect':
      return isOk ? { Connects: 1 } : {};
    case '$disconnect':
      return { Disconnects: 1 };
    case 'count-connections':
      return connections === undefined ? {} : { ConnectionsKnown: connections };
    default:
      return {
        ...(connectionId !== undefined && {
          Frames: 1,
          ...(durationMs !== undefined && { FrameTime: durationMs }),
          ...(!isOk && { FramesRefused: 1 }),
        }),
        ...(isOk && PUBLISHING.has(route) && { Publications: 1 }),
      };
  }
};
