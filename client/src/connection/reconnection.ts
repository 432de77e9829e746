import { createPacer } from '../requests/pacer.js';
import { retryableError } from '../retryable-error.js';
import type { Status } from '../status.js';
import { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import { createTimer } from '../time/timer.js';
import { connectionLost } from './connection-lost.js';
import {
  type ConnectionOwner,
  type Dial,
  type Greeting,
  openConnection,
  type Resuming,
} from './open-connection.js';

/** After this, the next pauses are at most 125 ms, 250 ms, 500 ms, and so on. */
const HURRIED = -3;

/** The limit of new connections, however many are asked for: a few at once, and then one per interval. */
const BURST = 10;
const EVERY_MS = 1_000;

/** How often the network's return begins an attempt anew. Between two restarts an attempt has the time that it may take. */
const RESTARTS = 3;
const RESTART_EVERY_MS = 30_000;

/** A browser does not even say whether anything answers at a socket's address. */
const ANY_ANSWER = { mode: 'no-cors', cache: 'no-store' } as const;

/** Refusals of one connection only: another connection may succeed, and nothing has changed. */
export const isOfConnection = (error: unknown): boolean =>
  /^(session_unknown|token_expired)$/.test((error as SwitchboardError).code);

/** The server answered, and refused this client. */
const TURNED_AWAY = /^(refused|unauthenticated|connection_limit)$/;

interface Reconnected extends ConnectionOwner {
  readonly link: unknown;
  adopt(greeting: Greeting): void;
  changed(): void;
  close(error: SwitchboardError): unknown;
}

/** Opens connections: one at a time, with growing pauses while it fails, and none after a final refusal. */
export interface Reconnection {
  /** Tells of progress while there is no connection. */
  status(): Status;
  /** Tries at once, unless an attempt is under way, or there were too many recently. */
  now(): void;
  /** Tries after a pause; a short pause if the last connection lasted. */
  soon(reason: SwitchboardError, wentWell: boolean): void;
  /** The network is back: attempts without it do not count. */
  hurry(): void;
  /** From here on, opens no connection until `hurry`. A `lazy` client begins so. */
  stop(): void;
}

export const createReconnection = (session: Reconnected, rooms: Resuming): Reconnection => {
  const { clock, date, random, fetch, lazy, maxRefusals } = session.config;
  const timer = createTimer(clock);
  const takeTurn = createPacer(clock, BURST, EVERY_MS);
  const takeRestart = createPacer(clock, RESTARTS, RESTART_EVERY_MS);
  /** The attempt under way. */
  let dial: Dial | undefined;
  let isStopped = lazy;
  /** How long to wait: begins anew only after a connection that lasted. */
  let failures = 0;
  let refusals = 0;
  let wasLetIn = false;
  /** Counted since the last connection. */
  let attempt = 0;
  let reason: SwitchboardError | undefined;
  let nextTryAt: number | undefined;

  const after = (pauseMs: number) => {
    nextTryAt = date() + pauseMs;
    timer.set(() => void now(), pauseMs);
    session.changed();
  };

  const now = async () => {
    if (dial || isStopped) return;
    const heldMs = takeTurn();
    if (heldMs > 0) return after(heldMs);
    timer.stop();
    nextTryAt = undefined;
    const thisDial: Dial = {};
    dial = thisDial;
    attempt += 1;
    session.changed();
    try {
      const greeting = await openConnection(session, rooms, thisDial, () => dial !== thisDial);
      if (!greeting.link.isAlive()) throw connectionLost();
      dial = reason = undefined;
      wasLetIn = true;
      refusals = attempt = 0;
      session.adopt(greeting);
    } catch (error) {
      if (dial !== thisDial) return;
      dial = undefined;
      failed(error);
    }
  };

  const soon = (why: SwitchboardError, wentWell: boolean) => {
    reason = why;
    failures = wentWell ? 0 : failures + 1;
    if (!dial) after((why.retryAfterMs ?? 0) + backoff(failures, random));
  };

  const failed = (thrown: unknown) => {
    const { retryable } = Object(thrown) as Partial<SwitchboardError>;
    const error =
      thrown instanceof SwitchboardError
        ? thrown
        : new SwitchboardError('token_unavailable', `${thrown}`, { retryable: retryable !== false });
    refusals = TURNED_AWAY.test(error.code) ? refusals + 1 : 0;
    const isFinal = !error.retryable && !isOfConnection(error);
    const isHopeless = !wasLetIn && refusals >= maxRefusals;
    // While there is a connection, a failed attempt to replace it does not end the client.
    if (!session.link && (isFinal || isHopeless)) session.close(error);
    else soon(error, false);
    if (error.code === 'refused') void doubt(error);
  };

  /** A browser does not say why a connection failed: perhaps no server was reached at all. */
  const doubt = async (refused: SwitchboardError) => {
    try {
      await fetch?.(session.url.replace(/^ws/i, 'http'), ANY_ANSWER);
    } catch {
      if (reason !== refused) return;
      reason = retryableError('unreachable', 'Nothing answers');
      refusals -= 1;
      session.changed();
    }
  };

  return {
    status: () => ({ state: dial ? 'connecting' : 'offline', reason, attempt, nextTryAt }),
    now,
    soon,
    hurry: () => {
      isStopped = false;
      failures = HURRIED;
      if (dial?.link && !takeRestart()) dial.link.drop();
      void now();
    },
    stop: () => {
      isStopped = true;
      timer.stop();
      dial?.link?.drop();
      dial = reason = nextTryAt = undefined;
      attempt = 0;
    },
  };
};
