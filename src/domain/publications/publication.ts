import type { Room, Sender } from '../../../protocol/names.js';
import type { JsonText } from '../json/json-text.js';

/** One message in a room. `(room, epoch, offset)` is its identity and its order; time decides neither. */
export interface Publication {
  room: Room;
  epoch: string;
  offset: number;
  id: string;
  from: Sender;
  at: number;
  data: JsonText;
  /** The request that published it. It finds the message in every function's log. */
  requestId: string;
}

export const DAY_MS = 24 * 3_600_000;

/** How long a publication stays readable, unless the stage says otherwise. */
export const RETENTION_MS = 7 * DAY_MS;

/** The shortest retention of a stage: as long as a repeated key finds its publication. */
export const LEAST_RETENTION_MS = DAY_MS;

/** The most. */
export const LONGEST_RETENTION_MS = 30 * DAY_MS;

/** How long a repeated key means the same publication. */
export const IDEMPOTENCY_MS = DAY_MS;
