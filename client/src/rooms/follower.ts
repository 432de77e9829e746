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

/** The feed, as its follower uses it. */
export interface Followed {
  readonly name: string;
  /** Whether to emit the messages that are in order. */
  isOpen(): boolean;
  /** The server refused to read the log: perhaps this client is no longer a member. */
  refused(): void;
}

/** Keeps a stream up to date with its log: takes pushes, and asks for missing messages. */
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

  /** A push was lost here: pushes in other rooms may be lost too. */
  const doubt = () => failures || session.doubt();

  const chase = (delayMs: number, after?: () => unknown) => {
    if (delayMs && timer !== undefined) return;
    stopTimer();
    if (delayMs) timer = clock.setTimeout(() => chase(0, doubt), delayMs);
    else if (session.link && isBehind() && !isAsking) void ask().then(after);
  };

  /** A handler may leave the room while other handlers are being called. */
  const tell: typeof events.emit = (...told) => {
    if (feed.isOpen()) events.emit(...told);
  };

  const taking =
    <Args extends unknown[]>(
      step: (stream: ordering.Stream, ...args: Args) => ordering.Step,
      patienceMs = 0,
    ) =>
    (...args: Args) => {
      const { stream: next, surface, reset } = step(stream, ...args);
      stream = next;
      if (reset) {
        log(`${feed.name}: reset, ${reset.reason}`);
        tell('reset', reset);
      }
      for (const item of surface) tell('message', toMessage(feed.name, next.epoch as string, item));
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
        // This was no answer: ask again later.
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
    // Without a connection there is nothing to do: the next hello brings the answer.
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
