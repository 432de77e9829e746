import type { Page } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import { HISTORY_LIMIT } from '../../../protocol/limits.js';
import { lost } from '../connection/lost.js';
import type { Session } from '../connection/session.js';
import type { Emitter } from '../emitter.js';
import type { FeedEvents } from '../feed.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import { toMessage } from './history.js';
import * as ordering from './stream.js';

/** What a follower needs from its feed. */
export interface Followed {
  readonly name: string;
  /** The log would not be read: perhaps one is no member any more. */
  refused(): void;
}

/** Keeps a stream level with its log: takes what is pushed, and asks for what is missing. */
export interface Follower {
  cursor(): Cursor | undefined;
  isCatchingUp(): boolean;
  start(at: Cursor): void;
  receive(epoch: string, items: readonly Item[]): void;
  observe(head: Cursor): void;
  recover(since: Cursor, page: Page): void;
  forget(): void;
}

export const createFollower = (
  feed: Followed,
  events: Emitter<FeedEvents<unknown>>,
  session: Session,
): Follower => {
  const { clock, random, log, gapPatienceMs } = session.config;
  let stream = ordering.FRESH;
  let timer: unknown;
  let isAsking = false;
  let failures = 0;

  const cursor = () => ordering.cursorOf(stream);
  const isBehind = () => ordering.isBehind(stream);

  const stopTimer = () => {
    clock.clearTimeout(timer);
    timer = undefined;
  };

  /** A push was lost here: others may have been, elsewhere. */
  const doubt = () => failures || session.doubt();

  const chase = (delayMs: number, after?: () => unknown) => {
    if (delayMs && timer !== undefined) return;
    stopTimer();
    if (delayMs) timer = clock.setTimeout(() => chase(0, doubt), delayMs);
    else if (session.link && isBehind() && !isAsking) void ask().then(after);
  };

  const taking =
    <Args extends unknown[]>(
      step: (stream: ordering.Stream, ...args: Args) => ordering.Step,
      patienceMs = 0,
    ) =>
    (...args: Args) => {
      const { stream: next, surface, reset } = step(stream, ...args);
      // A handler may keep where we stand, and go no further.
      let told = { ...next, offset: next.offset - surface.length };
      stream = told;
      if (reset) {
        log(`${feed.name}: reset, ${reset.reason}`);
        events.emit('reset', reset);
      }
      for (const item of surface) {
        if (stream !== told || session.isClosed) return;
        stream = told = { ...next, offset: item.offset };
        events.emit('message', toMessage(feed.name, next.epoch as string, item));
      }
      if (isBehind() && !isAsking) chase(patienceMs);
      session.changed();
    };
  const recover = taking(ordering.recover);

  const ask = async () => {
    isAsking = true;
    session.changed();
    try {
      for (let since = cursor(); since && isBehind(); ) {
        stream = ordering.asking(stream);
        const query = { room: feed.name, since, limit: HISTORY_LIMIT };
        recover(since, (await session.request('history', query)).reply);
        const now = cursor();
        // Whatever it was, it was no answer: ask again, later.
        if (now?.epoch === since.epoch && now.offset === since.offset && isBehind()) throw lost();
        since = now;
      }
      failures = 0;
    } catch (error) {
      failed(error as SwitchboardError);
    } finally {
      isAsking = false;
      session.changed();
    }
  };

  const failed = ({ retryable, retryAfterMs = 0 }: SwitchboardError) => {
    stream = { ...stream, doubt: true };
    // Without a connection the next hello tells; nothing to do until then.
    if (!session.link) return;
    if (!retryable) feed.refused();
    chase(1 + retryAfterMs + backoff(failures++, random));
  };

  return {
    cursor,
    isCatchingUp: () => isAsking || (failures > 0 && isBehind()),
    start: taking(ordering.start),
    receive: taking(ordering.receive, gapPatienceMs),
    observe: taking(ordering.observe),
    recover,
    forget: () => {
      stream = ordering.FRESH;
      failures = 0;
      stopTimer();
      session.changed();
    },
  };
};
