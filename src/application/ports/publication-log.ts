import type { Cursor } from '../../../protocol/cursor.js';
import type { Room, Sender } from '../../../protocol/names.js';
import type { FrameTime } from '../../domain/frame-time.js';
import type { JsonText } from '../../domain/json/json-text.js';
import type { Publication } from '../../domain/publications/publication.js';

/**
 * The publications of each room, numbered 1, 2, 3, … without a hole inside an epoch. A read sees every append that has
 * returned, and stops when its signal aborts. Publications can be read for the retention, which the next start of a process
 * may change: for existing publications, the shorter of the two counts. A new epoch begins when something is published
 * while a room's newest publication is about to expire, or when nothing was published for the retention. A store with a
 * clock of its own corrects a process whose clock is more than 5 minutes off; if both share one clock, an append at least
 * an hour earlier must have found the same.
 */
export interface PublicationLog {
  /**
   * Resolves when the publication is durable. The same sender, room and `key` within `IDEMPOTENCY_MS` is the same
   * publication: it is returned unchanged, as `repeated`.
   *
   * @throws ClientError `idempotency_conflict`: the key was used with other data, nothing was written; `conflict`: too
   *   many append to this room at once; `unavailable`: also if the log has moved to another store for good. After any error
   *   except the first, the outcome is unknown: append again with the same key
   */
  append(room: Room, draft: Draft, options?: AppendOptions): Promise<Appended>;
  /**
   * The newest publication's place, expired or not, while it exists; for a room without publications, offset 0 of an
   * epoch that lasts. No clock makes a reader end an epoch.
   */
  head(room: Room, signal?: AbortSignal): Promise<Cursor>;
  /** Reads a head and writes nothing, so it may run before the caller's permission is checked. */
  peek(room: Room, signal?: AbortSignal): Promise<PeekedHead>;
  /** The existing publications with offsets first…last in that epoch, oldest first. */
  range(room: Room, epoch: string, first: number, last: number, signal?: AbortSignal): Promise<Publication[]>;
  /**
   * Removes all publications of a room, for good, and begins a new epoch. Resolves to the number of removed publications.
   * Their keys are free. A publication that is appended meanwhile is either removed or in the new epoch. If it rejects,
   * some may be left: erase again.
   */
  erase(room: Room): Promise<number>;
}

export interface Draft {
  from: Sender;
  data: JsonText;
  key?: string | undefined;
  requestId: string;
}

export interface PeekedHead {
  /** Absent if a write has to come first: the room has no epoch, or its epoch has to end. */
  cursor?: Cursor | undefined;
  /** The same, or the head after that write. */
  head(): Promise<Cursor>;
}

export interface AppendOptions {
  /** Hand the publication over: see `Handover`. */
  handOver?: boolean;
  /** Saves a read; it may have moved since. */
  peeked?: PeekedHead | undefined;
  /** The slot is taken after this has resolved. If it rejects, so does the append, and at most the key's claim is left. */
  admitted?: Promise<unknown>;
  /** At its end the append rejects and takes no slot. An append that is already taking a slot holds the end back. */
  time?: FrameTime | undefined;
}

export interface Appended {
  publication: Publication;
  repeated: boolean;
}
