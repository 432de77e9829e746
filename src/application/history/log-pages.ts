import type { Page, RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Room } from '../../../protocol/names.js';
import type { Publication } from '../../domain/publication.js';
import { fitting, toItem } from '../../domain/publication-item.js';
import { isDense, unrecoverable } from '../../domain/recovery.js';
import type { PublicationLog } from '../ports/publication-log.js';

/** One page of a log, whose room is known. */
export type LogPage = Omit<Page, 'room'>;

/** Reads pages of a room's log that stay below a number of items and of bytes. */
export class LogPages {
  constructor(private readonly log: PublicationLog) {}

  /** The cursor to come back with, and nothing else. */
  async head(room: Room): Promise<LogPage> {
    return { ...(await this.log.head(room)), items: [], more: false, recovered: true };
  }

  /** What came after `since`: provably all of it, or nothing. */
  async since(room: Room, since: Cursor, limit: number, bytes: number): Promise<LogPage> {
    const head = await this.log.head(room);
    const failure = unrecoverable(since, head);
    if (failure) return unrecovered(head, failure);

    const first = since.offset + 1;
    const missed = head.offset - since.offset;
    if (missed === 0) return { ...head, items: [], more: false, recovered: true };
    const found = await this.log.range(room, head.epoch, first, head.offset, limit);
    if (found.length < Math.min(missed, limit) || !isDense(found, first)) return unrecovered(head, 'too_old');

    const items = fitting(found.map(toItem), bytes);
    return { ...head, items, more: items.length < missed, recovered: true };
  }

  /** The ones just before `before`, or the newest; what retention has passed is not there, and not missed. */
  async before(room: Room, before: Cursor | undefined, limit: number, bytes: number): Promise<LogPage> {
    const head = await this.log.head(room);
    const last = before ? before.offset - 1 : head.offset;
    const failure = before && unrecoverable({ ...before, offset: last }, head);
    if (failure) return unrecovered(head, failure);

    // One more than is shown tells whether there are more.
    const first = Math.max(1, last - limit);
    const found = endingAt(last, await this.log.range(room, head.epoch, first, last, limit + 1));
    const shown = found.slice(-limit).map(toItem).reverse();
    const items = fitting(shown, bytes).reverse();
    return { ...head, items, more: items.length < found.length, recovered: true };
  }
}

const unrecovered = (head: Cursor, reason: RecoveryFailure): LogPage => ({
  ...head,
  items: [],
  more: false,
  recovered: false,
  reason,
});

/** The run without a gap that ends at `last`: expired rows vanish in no order. */
const endingAt = (last: number, found: readonly Publication[]): readonly Publication[] => {
  const gap = found.findLastIndex(({ offset }, index) => offset !== last - (found.length - 1 - index));
  return found.slice(gap + 1);
};
