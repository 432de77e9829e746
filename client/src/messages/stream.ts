import type { Page, RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import type { FeedEvents } from '../feed.js';
import { toMessage } from './history.js';

/** Beyond this many, pushes that came too early are dropped: history brings them again. */
const MAX_HELD = 1_000;

/** The messages of a room that one listener has seen, and the gaps that it knows. It does not wait or ask. */
export interface Stream {
  /** Pushes that came too early. */
  readonly held: ReadonlyMap<number, Item>;
  /** Everything up to here has been handed out. Undefined until the server has told the room's position. */
  cursor(): Cursor | undefined;
  isBehind(): boolean;
  /** Something did not fit: only the log can resolve it. */
  doubt(): void;
  /** Call it before asking the log: the answer settles every doubt so far. */
  asking(): void;
  /** Begins at the room's current position: earlier messages do not concern this listener. */
  start(at: Cursor): void;
  /** Items of a push, or of a page with the room's newest offset. */
  receive(epoch: string, items: readonly Item[], newest?: number): void;
  /** The room's newest offset, from a ping or a hello. */
  observe(head: Cursor): void;
  /** The log's answer to `since`. */
  recover(since: Cursor, page: Page): void;
  /** Returns to the initial state. */
  forget(): void;
}

/**
 * Hands out each message once and in order, or a reset if messages are missing; stops when `emit` returns that it was the
 * last.
 */
export const createStream = (
  feed: { readonly name: string },
  emit: <K extends 'message' | 'reset'>(event: K, ...args: FeedEvents<unknown>[K]) => unknown,
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
      if (emit('message', toMessage(feed.name, epoch as string, next))) return;
    }
  };

  const doubt = () => {
    isInDoubt = true;
  };

  /** Drops pushes of another epoch, or with offsets beyond a log that was set back: they do not count as gaps. */
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
      // Later pushes came while this answer was on its way: it does not cover them.
      if (since.offset !== offset) return doubt();

      const isRenewed = page.epoch !== epoch;
      if (isRenewed || page.offset < offset) renew();
      ({ epoch, offset: head } = page);
      // A new epoch is read from its beginning: all its messages came after the old epoch's.
      offset = isRenewed ? 0 : head;
      emit('reset', { reason: page.reason as RecoveryFailure, epoch, offset });
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
