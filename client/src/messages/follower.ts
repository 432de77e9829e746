import type { Page } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import { HISTORY_LIMIT } from '../../../protocol/limits.js';
import { connectionLost } from '../connection/connection-lost.js';
import type { Session } from '../connection/session.js';
import type { Emitter } from '../emitter.js';
import type { FeedEvents, ResetNotice } from '../feed.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import { createStream } from './stream.js';

/** The feed, as its follower uses it. */
export interface Followed {
  readonly name: string;
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
  let timer: unknown;
  let isAsking = false;
  let failures = 0;

  const stream = createStream(feed, (event, ...args) => {
    if (event === 'reset') log(`${feed.name}: reset, ${(args[0] as ResetNotice).reason}`);
    events.emit(event, ...args);
    return session.isClosed;
  });
  const { cursor, isBehind } = stream;

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

  const taking =
    <Args extends unknown[]>(step: (...args: Args) => void, patienceMs = 0) =>
    (...args: Args) => {
      step(...args);
      if (isBehind() && !isAsking) chase(patienceMs);
      session.changed();
    };
  const recover = taking(stream.recover);

  const ask = async () => {
    isAsking = true;
    session.changed();
    try {
      while (isBehind()) {
        const since = cursor() as Cursor;
        stream.asking();
        const query = { room: feed.name, since, limit: HISTORY_LIMIT };
        recover(since, (await session.request('history', query)).reply);
        // This was no answer: ask again later.
        if (isBehind() && JSON.stringify(cursor()) === JSON.stringify(since)) throw connectionLost();
      }
      failures = 0;
    } catch (error) {
      const { retryable, retryAfterMs = 0 } = error as SwitchboardError;
      stream.doubt();
      // Without a connection there is nothing to do: the next hello brings the answer.
      if (session.link) {
        if (!retryable) feed.refused();
        chase(1 + retryAfterMs + backoff(failures++, random));
      }
    } finally {
      isAsking = false;
      session.changed();
    }
  };

  return {
    cursor,
    isCatchingUp: () => isAsking || (failures > 0 && isBehind()),
    start: taking(stream.start),
    receive: taking(stream.receive, gapPatienceMs),
    observe: taking(stream.observe),
    recover,
    forget: taking(() => {
      stream.forget();
      failures = 0;
      stopTimer();
    }),
  };
};
