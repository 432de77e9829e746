import type { ClientEvents } from '../client.js';
import type { Emitter } from '../emitter.js';
import type { Config } from '../options/configure.js';
import { boundCalls } from '../requests/bound-calls.js';
import type { Status } from '../status.js';
import { SwitchboardError } from '../switchboard-error.js';
import { createSleepers } from '../time/sleepers.js';
import { createTimer } from '../time/timer.js';
import { watchForSleep } from '../time/watch-for-sleep.js';
import { connectionLost } from './connection-lost.js';
import { createKeepAlive } from './keep-alive.js';
import type { Link } from './link.js';
import { createReconnection, isOfConnection } from './reconnection.js';
import type { Session, SessionRooms } from './session.js';
import { createTokenRefresh } from './token-refresh.js';

/** After a connection that lived shorter than this, pauses do not become short again. */
const STABLE_MS = 10_000;

/** The most calls that may wait for an answer: publications without a connection stay in memory. */
const MAX_CALLS = 1_000;

const CONNECTED = { reason: undefined, attempt: 0, nextTryAt: undefined };

export const createSession = <Rooms extends SessionRooms>(
  url: string,
  config: Config,
  roomsOf: (session: Session) => Rooms,
  events: Emitter<ClientEvents>,
): [Session, Rooms] => {
  const { clock, random, log, rotateAfterMs, requestTimeoutMs } = config;
  const rotation = createTimer(clock);
  let stopWatching: (() => void) | undefined;
  /** Nothing has needed a connection yet. */
  let isUnused = config.lazy;
  let greetedAt: number | undefined;
  /** True while rooms get their answers from hello: the state is settled only after all of them. */
  let isGreeting = false;
  /** The replaced connection, until it owes no answer and every room is up to date without it. */
  let old: Link | undefined;
  const sleepers = createSleepers(clock);

  const endReason = () => session.error ?? new SwitchboardError('closed');

  const show = (status: Status) => {
    const line = JSON.stringify(status);
    if (line === JSON.stringify(session.status)) return;
    session.status = status;
    log(`status: ${line}`);
    events.emit('state', status.state, session.error, status);
  };

  const woke = (why: string) => {
    log(`awake: ${why}`);
    if (why === 'offline') session.link?.drop(connectionLost('No network'));
    else if (session.link) session.doubt();
    // A page that comes into view does not interrupt an attempt that is under way.
    else if (!/^[pv]/.test(why) || session.status.state === 'offline') reconnection.hurry();
  };

  /** There is no connection, or another one has replaced this. */
  const unlink = () => {
    session.link = undefined;
    keepAlive.stop();
    rotation.stop();
  };

  const hangUp = (error: SwitchboardError) => {
    const links = [old, session.link];
    isUnused = false;
    unlink();
    reconnection.stop();
    stopWatching?.();
    stopWatching = undefined;
    return Promise.all(links.map((link) => link?.close(error)));
  };

  const watch = () => {
    stopWatching ??= watchForSleep(config, woke);
  };

  const session: { -readonly [K in keyof Session]: Session[K] } = {
    url,
    config,
    link: undefined,
    error: undefined,
    userId: config.userId,
    status: { state: 'offline', ...CONNECTED },
    events,
    admit: boundCalls(MAX_CALLS),

    get isClosed() {
      return session.status.state === 'closed';
    },

    ready: async (patienceMs = Number.POSITIVE_INFINITY) => {
      if (isUnused) session.connect();
      const until = clock.now() + patienceMs;
      while (!session.link && !session.isClosed && clock.now() < until)
        await sleepers.sleep(until - clock.now());
      if (!session.link) throw session.isClosed ? endReason() : connectionLost();
    },

    wait: sleepers.sleep,

    doubt: () => {
      if (session.link) void keepAlive.ping(session.link);
    },

    request: async (action, fields, timeoutMs = requestTimeoutMs, isOnce) => {
      const { link } = session;
      if (!link) throw connectionLost();
      try {
        return { reply: await link.request(action, fields, timeoutMs, isOnce), link };
      } catch (error) {
        if ((error as SwitchboardError).code === 'timeout') void keepAlive.ping(link);
        if (!isOfConnection(error)) throw error;
        link.drop();
        throw connectionLost();
      } finally {
        session.changed();
      }
    },

    changed: () => {
      if (session.isClosed || isGreeting) return;
      const isBehind = rooms.isCatchingUp();
      if (!isBehind && old?.isIdle()) old.drop();
      show(session.link ? { state: isBehind ? 'catching-up' : 'live', ...CONNECTED } : reconnection.status());
    },

    close: async (error) => {
      if (session.isClosed) return;
      session.error = error;
      const hungUp = hangUp(endReason());
      show({ state: 'closed', ...CONNECTED, reason: error });
      sleepers.wake();
      await hungUp;
    },

    disconnect: async () => {
      const hungUp = hangUp(connectionLost());
      session.changed();
      await hungUp;
    },

    pushed: (push, link) => {
      if (push.type === 'expiring') void refresh(link);
      else if (push.type !== 'disconnect') rooms.pushed(push);
      else if (push.reconnect) link.drop();
      else void session.close(new SwitchboardError(push.code, push.message));
    },

    refused: (error) => rooms.refused(error),

    ended: (link, reason) => {
      if (link === old) old = undefined;
      if (link !== session.link) return;
      unlink();
      reconnection.soon(reason, clock.now() - (greetedAt as number) >= STABLE_MS);
    },

    adopt: (greeting) => {
      const { link, hello } = greeting;
      old?.drop();
      old = session.link;
      session.link = link;
      if (greetedAt !== undefined && hello.userId !== session.userId)
        return void session.close(new SwitchboardError('identity_changed'));
      session.userId = hello.userId;
      greetedAt = clock.now();
      isGreeting = true;
      rooms.greeted(greeting);
      isGreeting = false;
      keepAlive.start(link);
      // Early by up to a tenth, so that clients that connected together do not all move together.
      rotation.set(reconnection.now, rotateAfterMs * (1 - 0.1 * random()));
      sleepers.wake();
      session.changed();
    },

    connect: () => {
      if (session.status.state !== 'offline') return;
      isUnused = false;
      watch();
      reconnection.hurry();
    },
  };
  const rooms = roomsOf(session);
  const keepAlive = createKeepAlive(config, rooms);
  const reconnection = createReconnection(session, rooms);
  const refresh = createTokenRefresh(session);
  if (!isUnused) {
    watch();
    reconnection.now();
  }
  return [session, rooms];
};
