import type { Cursor } from '../../../protocol/cursor.js';
import type { Room, UserId } from '../../../protocol/names.js';
import type { JsonText } from '../../domain/json-text.js';
import type { Publication } from '../../domain/publication.js';

/**
 * What was published in each room, numbered 1, 2, 3, … without a hole inside an epoch. A read sees every append that has
 * returned. Publications are kept for `RETENTION_MS`. A new epoch begins when something is published while a room's newest
 * is about to expire, or when nothing was published for that long. A store with a clock of its own corrects a process whose
 * clock is more than 5 minutes off; where both have one clock, an append at least an hour earlier must have found the same.
 */
export interface PublicationLog {
  /**
   * Resolves when the publication is durable. The same user, room and `key` within `IDEMPOTENCY_MS` is the same
   * publication: it comes back as it is, `repeated`.
   *
   * @throws ClientError `idempotency_conflict`: the key was used with other data, nothing was written; `conflict`: too
   *   many append to this room at once; whatever else it throws, the outcome is unknown: append again with the same key
   */
  append(room: Room, draft: Draft, delivery: DeliveryPath): Promise<Appended>;
  /** Hands a publication that is in the log to the stream's consumer, once more if it was already. */
  handOver(publication: Publication): Promise<void>;
  /**
   * The newest publication's place, expired or not, while it exists; of a room where nothing was published, offset 0 of an
   * epoch that lasts. No clock makes a reader end an epoch.
   */
  head(room: Room): Promise<Cursor>;
  /** What there is of offsets first…last in that epoch, oldest first, at most `limit` from `first` on. */
  range(room: Room, epoch: string, first: number, last: number, limit: number): Promise<Publication[]>;
}

export interface Draft {
  from: UserId;
  data: JsonText;
  key?: string | undefined;
  requestId: string;
}

/** Who pushes it: the invocation that appends, or the consumer of the log's stream. */
export type DeliveryPath = 'inline' | 'stream';

export interface Appended {
  publication: Publication;
  repeated: boolean;
}
