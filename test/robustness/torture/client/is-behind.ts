import type { LogPosition } from './torture-client.js';

/** Whether a room has publications that the client has not shown yet. */
export const isBehind = (cursor: LogPosition | undefined, head: LogPosition): boolean =>
  !cursor || cursor.epoch < head.epoch || (cursor.epoch === head.epoch && cursor.offset < head.offset);
