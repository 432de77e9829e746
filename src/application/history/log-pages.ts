import type { Page, RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Room } from '../../../protocol/names.js';
import type { Publication } from '../../domain/publication.js';
import { fitting, toItem } from '../../domain/publication-item.js';
import { isDense, unrecoverable } from '../../domain/recovery.js';
import type { PublicationLog } from '../ports/publication-log.js';

/** One page of a log, whose room is known. */
export type LogPage = Omit<Page, 'room'>;

/** How many bytes of items fit into the frame that this page, still without items, is a part of. */
export type SpaceFor = (page: LogPage) => number;

/** The cursor to come back with, and nothing else. */
const headPage = (head: Cursor): LogPage => ({ ...head, items: [], more: false, recovered: true });

/** Reads pages of a room's log that stay below a number of items and of bytes. */
export class LogPages {
  constructor(private readonly log: PublicationLog) {}

  /** The cursor to come back with, and nothing else. */
  async head(room: Room): Promise<LogPage> {
    return headPage(await this.log.head(room));
  }

  /** What came after `since`: provably all of it, or nothing. */
  async since(room: Room, since: Cursor, limit: number, spaceFor: SpaceFor): Promise<LogPage> {
    const head = await this.log.head(room);
    const failure = unrecoverable(since, head);
    if (failure) return unrecovered(head, failure);

    const first = since.offset + 1;
    const missed = head.offset - since.offset;
    const page = headPage(head);
    if (missed === 0) return page;
    const found = await this.log.range(room, head.epoch, first, head.offset, limit);
    if (found.length < Math.min(missed, limit) || !isDense(found, first)) return unrecovered(head, 'too_old');

    const items = fitting(found.map(toItem), spaceFor(page));
    return { ...page, items, more: items.length < missed };
  }

  /** The ones just before `before`, or the newest; what retention has passed is not there, and not missed. */
  async before(room: Room, before: Cursor | undefined, limit: number, spaceFor: SpaceFor): Promise<LogPage> {
    const head = await this.log.head(room);
    const last = before ? before.offset - 1 : head.offset;
    const failure = before && unrecoverable({ ...before, offset: last }, head);
    if (failure) return unrecovered(head, failure);

    // One more than is shown tells whether there are more.
    const first = Math.max(1, last - limit);
    const found = endingAt(last, await this.log.range(room, head.epoch, first, last, limit + 1));
    const shown = found.slice(-limit).map(toItem).reverse();
    const page = headPage(head);
    const items = fitting(shown, spaceFor(page)).reverse();
    return { ...page, items, more: items.length < found.length };
  }
}

const unrecovered = (head: Cursor, reason: RecoveryFailure): LogPage => ({
  ...headPage(head),
  recovered: false,
  reason,
});

/** The run without a gap that ends at `last`: expired rows vanish in no order. */
const endingAt = (last: number, found: readonly Publication[]): readonly Publication[] => {
  const gap = found.findLastIndex(({ offset }, index) => offset !== last - (found.length - 1 - index));
  return found.slice(gap + 1);
};
