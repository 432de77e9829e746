import type { Page, RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import { HISTORY_LIMIT } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import { unrecoverable } from '../../domain/publications/recovery.js';
import type { PublicationLog } from '../ports/publication-log.js';
import { FrameSpace } from './frame-space.js';
import { readOffsets } from './read-offsets.js';

/** One page of a room's log. */
export type LogPage = Omit<Page, 'room'>;

/** Only the cursor to come back with. */
export const headPage = (head: Cursor): LogPage => ({ ...head, items: [], more: false, recovered: true });

/** The cursor from which a client continues in a room, or how many publications it begins with. */
export interface Entry {
  readonly since?: Cursor;
  readonly last?: number;
}

/** Reads pages of a room's log that stay below a number of items and of bytes. */
export class LogPages {
  constructor(private readonly log: PublicationLog) {}

  /**
   * The publications after `since`: certainly all of them, or none. If the frame is already full, only the row behind the
   * cursor is read, so that the reply can say `too_old` at once.
   */
  async since(room: Room, head: Cursor, since: Cursor, limit: number, space: FrameSpace): Promise<LogPage> {
    const failure = unrecoverable(since, head);
    if (failure) return unrecovered(head, failure);

    const missed = head.offset - since.offset;
    if (missed === 0) return headPage(head);
    const had = space.left;
    const range = {
      room,
      epoch: head.epoch,
      from: since.offset + 1,
      to: since.offset + Math.min(missed, limit),
    };
    const { items, ended } = await readOffsets(this.log, range, limit, space);
    if (ended !== 'gap') return { ...head, items, more: items.length < missed, recovered: true };
    space.giveBack(had - space.left);
    return unrecovered(head, 'too_old');
  }

  /** The newest `count`, or as many of them as are still kept, oldest first: like `since` the place before them. */
  async last(room: Room, head: Cursor, count: number, space: FrameSpace): Promise<LogPage> {
    const start = { ...head, offset: Math.max(0, head.offset - count) };
    const page = await this.since(room, head, start, HISTORY_LIMIT, space);
    if (page.recovered) return { ...page, start };

    const range = { room, epoch: head.epoch, from: head.offset, to: start.offset + 1 };
    const anySize = new FrameSpace(Number.POSITIVE_INFINITY, space.signal);
    const { items } = await readOffsets(this.log, range, count, anySize);
    const oldest = { ...head, offset: head.offset - items.length };
    return { ...(await this.since(room, head, oldest, HISTORY_LIMIT, space)), start: oldest };
  }

  /** The page for a join or a resume: after a cursor, the newest ones, or none. */
  entering(room: Room, head: Cursor, entry: Entry, space: FrameSpace): Promise<LogPage> | LogPage {
    const { since, last } = entry;
    if (since) return this.since(room, head, since, HISTORY_LIMIT, space);
    return last ? this.last(room, head, last, space) : headPage(head);
  }

  /**
   * The publications just before `before`, or the newest, up to the first gap: expired rows vanish in any order, and nothing
   * behind a missing one is shown. Publications older than the retention are neither shown nor missed.
   */
  async before(
    room: Room,
    head: Cursor,
    before: Cursor | undefined,
    limit: number,
    space: FrameSpace,
  ): Promise<LogPage> {
    const last = before ? before.offset - 1 : head.offset;
    const failure = before && unrecoverable({ ...before, offset: last }, head);
    if (failure) return unrecovered(head, failure);
    if (last < 1) return headPage(head);

    const range = { room, epoch: head.epoch, from: last, to: 1 };
    const { items, ended } = await readOffsets(this.log, range, limit, space);
    return { ...head, items: items.reverse(), more: ended === 'full', recovered: true };
  }
}

const unrecovered = (head: Cursor, reason: RecoveryFailure): LogPage => ({
  ...headPage(head),
  recovered: false,
  reason,
});
