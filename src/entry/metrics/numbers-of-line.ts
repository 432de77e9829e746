import type { Tally } from '../../application/delivery/pusher.js';
import type { Numbers } from './metric-names.js';

/** The part of a log line that metrics follow from. */
export interface MeasuredLine {
  /** Absent where no client's frame is behind it. */
  connectionId?: string;
  route?: string;
  outcome?: string;
  durationMs?: number;
  tally?: Tally;
  connections?: number;
}

const PUBLISHING = new Set(['broadcast', 'publish', 'send']);

/** Nothing is measured that the line does not say, so that a number can be looked up in the log. */
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
