import type { Page, RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';

/** Beyond this many, pushes that came too early are let go: history brings them again. */
const MAX_HELD = 1_000;

/** What one listener has seen of a room, and what it knows to be missing. Nothing here waits, asks or emits. */
export interface Stream {
  /** Until the server has said where the room stands, pushes are only held. */
  readonly started: boolean;
  readonly epoch: string | undefined;
  /** Everything up to here has surfaced. */
  readonly offset: number;
  /** Everything up to here is known to exist. */
  readonly head: number;
  /** Something did not fit, and only the log can tell. */
  readonly doubt: boolean;
  readonly held: ReadonlyMap<number, Item>;
}

/** Not everything could be had: what follows is what comes after `offset` in `epoch`. */
export interface Reset extends Cursor {
  readonly reason: RecoveryFailure;
}

export interface Step {
  readonly stream: Stream;
  readonly surface: readonly Item[];
  readonly reset?: Reset;
}

export const FRESH: Stream = {
  started: false,
  epoch: undefined,
  offset: 0,
  head: 0,
  doubt: false,
  held: new Map(),
};

export const cursorOf = ({ started, epoch, offset }: Stream): Cursor | undefined =>
  started ? { epoch: epoch as string, offset } : undefined;

export const isBehind = ({ started, doubt, head, offset }: Stream): boolean =>
  started && (doubt || head > offset);

const doubting = (stream: Stream): Step => ({ stream: { ...stream, doubt: true }, surface: [] });

const settle = (stream: Stream): Step => {
  if (!stream.started) return { stream, surface: [] };
  const surface: Item[] = [];
  const held = new Map([...stream.held].filter(([offset]) => offset > stream.offset));
  let { offset, head } = stream;
  for (let next = held.get(offset + 1); next; next = held.get(offset + 1)) {
    surface.push(next);
    held.delete(++offset);
  }
  for (const early of held.keys()) head = Math.max(head, early);
  return { stream: { ...stream, offset, head: Math.max(head, offset), held }, surface };
};

/** Items that were pushed, or came in a page together with the room's newest offset. */
export const receive = (stream: Stream, epoch: string, items: readonly Item[], newest = 0): Step => {
  if (stream.epoch !== undefined && stream.epoch !== epoch) return doubting(stream);
  const held = new Map(stream.held);
  let head = Math.max(stream.head, newest);
  for (const item of items) {
    head = Math.max(head, item.offset);
    const room = stream.started ? item.offset - stream.offset <= MAX_HELD : held.size < MAX_HELD;
    if (room) held.set(item.offset, item);
  }
  return settle({ ...stream, epoch, head, held });
};

/** The room stands here, and whatever came before is none of this listener's business. */
export const start = (stream: Stream, { epoch, offset }: Cursor): Step => {
  const isSame = stream.epoch === undefined || stream.epoch === epoch;
  const { head, doubt, held } = isSame ? stream : { ...FRESH, doubt: true };
  return settle({ started: true, epoch, offset, head: Math.max(offset, head), doubt, held });
};

/** The room's newest, as a ping or a hello tells it. */
export const observe = (stream: Stream, { epoch, offset }: Cursor): Step =>
  offset < stream.offset ? doubting(stream) : receive(stream, epoch, [], offset);

/** About to ask the log, which will settle every doubt there was until now. */
export const asking = (stream: Stream): Stream => ({ ...stream, doubt: false });

/** What the log answered to `since`. */
export const recover = (stream: Stream, since: Cursor, page: Page): Step => {
  if (since.epoch !== stream.epoch) return { stream, surface: [] };
  if (page.recovered) return receive(stream, page.epoch, page.items, page.offset);
  // Pushes went further while this was on its way: it says nothing about where they ended.
  if (since.offset !== stream.offset) return doubting(stream);

  // A new epoch is told from its beginning: what it holds came after everything that was seen of the old one.
  const renewed = page.epoch !== stream.epoch;
  const offset = renewed ? 0 : page.offset;
  const reason = page.reason ?? (renewed ? 'epoch_changed' : 'too_old');
  // What was pushed from a future that has been undone is not held against the log.
  const undone = !renewed && page.offset < stream.offset;
  const held = renewed || undone ? new Map<number, Item>() : stream.held;
  const doubt = stream.doubt || (undone && stream.held.size > 0);
  const step = settle({ ...stream, epoch: page.epoch, offset, head: page.offset, held, doubt });
  return { ...step, reset: { reason, epoch: page.epoch, offset } };
};
