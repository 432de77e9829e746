import type { Reply, RoomDigest } from '../../../protocol/actions.js';
import type { RoomCursor } from '../../../protocol/cursor.js';
import type { Config } from '../options/configure.js';
import { platform } from '../options/platform.js';
import { createPacer } from '../requests/pacer.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import { createTimer } from '../time/timer.js';
import { connectionLost } from './connection-lost.js';
import type { Link } from './link.js';

/** The limit of pings, whatever their interval: two a second, and a few at once. */
const EVERY_MS = 500;
const BURST = 5;

/** API Gateway closes a connection that is idle for ten minutes. A keep-alive costs a third of a ping. */
const QUIET_MS = 5 * 60_000;

/** On a visible page, where a person would miss a lost last push, and elsewhere. */
const VISIBLE_MS = 10 * 60_000;
const UNSEEN_MS = 30 * 60_000;

interface Heads {
  resumptions(): RoomCursor[];
  digests(): RoomDigest[];
  observed(reply: Reply<'ping'>): void;
}

/** Keeps the connection open, and asks now and then whether it is alive and whether pushes were lost. */
export interface KeepAlive {
  /** There was an answer just now. */
  start(link: Link): void;
  stop(): void;
  ping(link: Link): Promise<void>;
}

export const createKeepAlive = (config: Config, heads: Heads): KeepAlive => {
  const { clock, random, pingIntervalMs, pingTimeoutMs } = config;
  const takeTurn = createPacer(clock, BURST, EVERY_MS);
  const timer = createTimer(clock);
  let failures = 0;
  let asked: Link | undefined;
  const roomNames = () => heads.resumptions().map(({ room }) => room);

  let since: number;
  let pauseMs: number | undefined;

  /** Until the next ping: a page may be hidden or shown meanwhile. */
  const isVisible = () => platform.document?.visibilityState === 'visible';
  const dueMs = () => {
    const standard = isVisible() ? VISIBLE_MS : UNSEEN_MS;
    return since + (pauseMs ?? Math.max(pingIntervalMs ?? standard, EVERY_MS)) - clock.now();
  };
  const quietMs = (link: Link) => link.sentAt() + QUIET_MS - clock.now();

  const start = (link: Link, ms?: number) => {
    since = clock.now();
    pauseMs = ms;
    wait(link);
  };
  const wait = (link: Link) =>
    timer.set(
      () => {
        // A little early if it would otherwise come right after a keep-alive.
        if (dueMs() <= EVERY_MS) void ping(link);
        else if (quietMs(link) <= 0) link.tell('keepalive');
        wait(link);
      },
      Math.min(dueMs(), quietMs(link)),
    );

  const ping = async (link: Link) => {
    if (asked === link) return;
    const heldMs = takeTurn();
    if (heldMs > 0) return start(link, heldMs);
    asked = link;
    start(link);
    const rooms = roomNames();
    const digests = isVisible() ? heads.digests() : [];
    try {
      const fields = { rooms, ...(digests.length && { digests }) };
      const reply = await link.request('ping', fields, pingTimeoutMs);
      start(link);
      heads.observed(reply);
      failures = 0;
    } catch (error) {
      const { code, message, retryable } = error as SwitchboardError;
      const stillOurs = roomNames();
      // No answer: the path is dead. If a room of ours is refused, our memberships are wrong, and a new hello joins
      // them one by one.
      if (code === 'timeout') link.drop(connectionLost(message));
      else if (retryable) start(link, EVERY_MS + backoff(failures++, random));
      else if (rooms.every((room) => stillOurs.includes(room))) link.drop();
    }
    asked = undefined;
  };

  return { start, stop: timer.stop, ping };
};
