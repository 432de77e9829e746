import type { Page, RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import type { FeedEvents } from '../feed.js';
import { toMessage } from './history.js';

/** Beyond this many, pushes that came too early are dropped: history brings them again. */
const MAX_HELD = 1_000;

/** What one listener has seen of a room, and what it knows to be missing. Nothing here waits or asks. */
export interface Stream {
  /** Pushes that came too early. */
  readonly held: ReadonlyMap<number, Item>;
  /** Everything up to here has surfaced. Undefined until the server has said where the room stands. */
  cursor(): Cursor | undefined;
  isBehind(): boolean;
  /** Something did not fit, and only the log can tell. */
  doubt(): void;
  /** About to ask the log, which will settle every doubt there was until now. */
  asking(): void;
  /** The room stands here, and whatever came before is none of this listener's business. */
  start(at: Cursor): void;
  /** Items that were pushed, or came in a page together with the room's newest offset. */
  receive(epoch: string, items: readonly Item[], newest?: number): void;
  /** The room's newest, as a ping or a hello tells it. */
  observe(head: Cursor): void;
  /** What the log answered to `since`. */
  recover(since: Cursor, page: Page): void;
  /** As at first. */
  forget(): void;
}

/** Each message once and in order is told at once, and where that cannot be, a reset; none after one that `tell` calls the last. */
export const createStream = (
  feed: { readonly name: string },
  tell: <K extends 'message' | 'reset'>(event: K, ...told: FeedEvents<unknown>[K]) => unknown,
): Stream => {
  const held = new Map<number, Item>();
  let isStarted = false;
  let epoch: string | undefined;
  let offset = 0;
  /** Everything up to here is known to exist. */
  let head = 0;
  let isInDoubt = false;

  const settle = () => {
    if (!isStarted) return;
    head = Math.max(head, offset, ...held.keys());
    for (const place of held.keys()) if (place <= offset) held.delete(place);
    for (let next = held.get(offset + 1); next; next = held.get(offset + 1)) {
      held.delete(++offset);
      if (tell('message', toMessage(feed.name, epoch as string, next))) return;
    }
  };

  const doubt = () => {
    isInDoubt = true;
  };

  /** What was pushed from another epoch, or from a future that has been undone, is not held against the log. */
  const renew = () => {
    if (head > offset) doubt();
    held.clear();
    head = 0;
  };

  const start = (at: Cursor) => {
    if (epoch !== undefined && at.epoch !== epoch) renew();
    isStarted = true;
    ({ epoch, offset } = at);
    settle();
  };

  const receive = (from: string, items: readonly Item[], newest = 0) => {
    epoch ??= from;
    if (from !== epoch) return doubt();
    head = Math.max(head, newest);
    for (const item of items) {
      head = Math.max(head, item.offset);
      if (isStarted ? item.offset - offset <= MAX_HELD : held.size < MAX_HELD) held.set(item.offset, item);
    }
    settle();
  };

  return {
    held,
    cursor: () => (isStarted ? { epoch: epoch as string, offset } : undefined),
    isBehind: () => isStarted && (isInDoubt || head > offset),
    doubt,
    asking: () => {
      isInDoubt = false;
    },
    start,
    receive,
    observe: (newest) => {
      if (newest.offset < offset) doubt();
      else receive(newest.epoch, [], newest.offset);
    },
    recover: (since, page) => {
      if (since.epoch !== epoch) return;
      if (page.recovered) return receive(page.epoch, page.items, page.offset);
      // Pushes went further while this was on its way: it says nothing about where they ended.
      if (since.offset !== offset) return doubt();

      const isRenewed = page.epoch !== epoch;
      if (isRenewed || page.offset < offset) renew();
      ({ epoch, offset: head } = page);
      // A new epoch is told from its beginning: what it holds came after everything that was seen of the old one.
      offset = isRenewed ? 0 : head;
      tell('reset', { reason: page.reason as RecoveryFailure, epoch, offset });
      settle();
    },
    forget: () => {
      renew();
      isStarted = isInDoubt = false;
      epoch = undefined;
      offset = 0;
    },
  };
};
