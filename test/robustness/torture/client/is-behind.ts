import type { LogPosition } from './torture-client.js';

/** Whether there is more in a room than has surfaced. */
export const isBehind = (cursor: LogPosition | undefined, head: LogPosition): boolean =>
  !cursor || cursor.epoch < head.epoch || (cursor.epoch === head.epoch && cursor.offset < head.offset);
