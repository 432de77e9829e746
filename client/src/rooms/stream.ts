import type { Page, RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';

/** Beyond this many, pushes that came too early are dropped: history brings them again. */
const MAX_HELD = 1_000;

/** The messages of a room that one listener has seen, and the gaps that it knows. It does not wait, ask or emit. */
export interface Stream {
  /** Until the server has told the room's position, pushes are only held. */
  readonly started: boolean;
  readonly epoch: string | undefined;
  /** Everything up to here has been handed out. */
  readonly offset: number;
  /** Everything up to here is known to exist. */
  readonly head: number;
  /** Something did not fit: only the log can resolve it. */
  readonly doubt: boolean;
  readonly held: ReadonlyMap<number, Item>;
}

/** Messages are missing: the next ones are those after `offset` in `epoch`. */
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

/** Items of a push, or of a page with the room's newest offset. */
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

/** Begins at the room's current position: earlier messages do not concern this listener. */
export const start = (stream: Stream, { epoch, offset }: Cursor): Step => {
  const isSame = stream.epoch === undefined || stream.epoch === epoch;
  const { head, doubt, held } = isSame ? stream : { ...FRESH, doubt: true };
  return settle({ started: true, epoch, offset, head: Math.max(offset, head), doubt, held });
};

/** The room's newest offset, from a ping or a hello. */
export const observe = (stream: Stream, { epoch, offset }: Cursor): Step =>
  offset < stream.offset ? doubting(stream) : receive(stream, epoch, [], offset);

/** Call it before asking the log: the answer settles every doubt so far. */
export const asking = (stream: Stream): Stream => ({ ...stream, doubt: false });

/** The log's answer to `since`. */
export const recover = (stream: Stream, since: Cursor, page: Page): Step => {
  if (since.epoch !== stream.epoch) return { stream, surface: [] };
  if (page.recovered) return receive(stream, page.epoch, page.items, page.offset);
  // Later pushes came while this answer was on its way: it does not cover them.
  if (since.offset !== stream.offset) return doubting(stream);

  // A new epoch is read from its beginning: all its messages came after the old epoch's.
  const renewed = page.epoch !== stream.epoch;
  const offset = renewed ? 0 : page.offset;
  const reason = page.reason ?? (renewed ? 'epoch_changed' : 'too_old');
  // Pushes with offsets beyond a log that was set back do not count as a gap.
  const undone = !renewed && page.offset < stream.offset;
  const held = renewed || undone ? new Map<number, Item>() : stream.held;
  const doubt = stream.doubt || (undone && stream.held.size > 0);
  const step = settle({ ...stream, epoch: page.epoch, offset, head: page.offset, held, doubt });
  return { ...step, reset: { reason, epoch: page.epoch, offset } };
};
