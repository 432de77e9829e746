import { type Cursor, EPOCH } from '../../../protocol/cursor.js';
import { USER_ID } from '../../../protocol/names.js';
import { isPlain } from '../is-plain.js';
import { SwitchboardError } from '../switchboard-error.js';
import type { ClientOptions, NetworkEvents } from './client-options.js';
import type { Clock } from './clock.js';
import { platform } from './platform.js';
import type { WebSocketConstructor } from './web-socket.js';

/** Platforms take a timer beyond this for one that is due. */
const MAX_MS = 2 ** 31 - 1;

const NUMBERS = {
  requestTimeoutMs: 15_000,
  giveUpAfterMs: 60_000,
  maxAttempts: 10,
  maxRefusals: 10,
  pingIntervalMs: 4 * 60_000,
  pingTimeoutMs: 10_000,
  rotateAfterMs: 115 * 60_000,
  gapPatienceMs: 200,
};

type Given = 'token' | 'userId' | 'network';

export type Config = Readonly<Record<keyof typeof NUMBERS, number>> & {
  readonly [K in Given]?: NonNullable<ClientOptions[K]> | undefined;
} & {
  /** By room. A map, because a room may be called `constructor`. */
  readonly cursors: ReadonlyMap<string, Cursor>;
  readonly WebSocket: WebSocketConstructor;
  readonly clock: Clock;
  readonly random: () => number;
};

const systemClock: Clock = {
  now: Date.now,
  setTimeout: (callback, ms) => platform.setTimeout(callback, ms),
  clearTimeout: (timer) => platform.clearTimeout(timer),
};

/** A timer for `Infinity` never comes, and none comes early for being far away. */
const bounded = (clock: Clock): Clock => ({
  now: () => clock.now(),
  setTimeout: (callback, ms) =>
    ms === Number.POSITIVE_INFINITY ? undefined : clock.setTimeout(callback, Math.min(ms, MAX_MS)),
  clearTimeout: (timer) => clock.clearTimeout(timer),
});

const secureRandom = (): (() => number) => {
  const { crypto } = platform;
  if (!crypto?.getRandomValues)
    throw new SwitchboardError('no_crypto', 'There is no crypto.getRandomValues: pass the option `random`');
  return () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
};

const isCursor = ({ epoch, offset }: Partial<Cursor>): boolean =>
  EPOCH.test(String(epoch)) && Number.isSafeInteger(offset) && Number(offset) >= 0;

/** Everything that a caller passed, checked; absent, `undefined` and `null` mean the default. */
export const configure = (options: ClientOptions): Config => {
  const given = options as Readonly<Record<string, unknown>>;

  const check = (name: string, isRight: boolean, wanted: string) => {
    if (isRight) return;
    throw new SwitchboardError('invalid_option', `The option \`${name}\` must be ${wanted}`);
  };
  /** A function, or an object with methods. */
  const able = <T>(name: string, ...methods: string[]): T | undefined => {
    const value = given[name] as Record<string, unknown> | undefined;
    if (value === undefined || value === null) return undefined;
    const parts = methods.length ? methods.map((method) => value[method]) : [value];
    const isAble = parts.every((part) => typeof part === 'function');
    check(name, isAble, methods.length ? `an object with ${methods.join(', ')}` : 'a function');
    return value as T;
  };
  const number = (name: string, standard: number): number => {
    const value = given[name] ?? standard;
    const isRight = typeof value === 'number' && value >= 0 && (value <= MAX_MS || value === 1 / 0);
    check(name, isRight, `a number from 0 to ${MAX_MS}, or Infinity`);
    return value as number;
  };

  const kept = given.cursors ?? {};
  const cursors = Object.entries(kept).filter(([, cursor]) => cursor);
  check(
    'cursors',
    isPlain(kept) && cursors.every(([, cursor]) => isCursor(Object(cursor))),
    'an object of cursors by room',
  );
  const token = able<NonNullable<ClientOptions['token']>>('token');
  const userId = (given.userId ?? undefined) as string | undefined;
  if (!token && userId !== undefined && !USER_ID.test(userId))
    throw new SwitchboardError('invalid_user', 'The option `userId` is not a user id');
  const WebSocket = able<WebSocketConstructor>('WebSocket') ?? platform.WebSocket;
  if (!WebSocket)
    throw new SwitchboardError('no_websocket', 'There is no WebSocket: pass the one of the package `ws`');
  const random = able<() => number>('random') ?? secureRandom();

  return {
    ...(Object.fromEntries(
      Object.entries(NUMBERS).map(([name, standard]) => [name, number(name, standard)]),
    ) as typeof NUMBERS),
    cursors: new Map(cursors as [string, Cursor][]),
    token,
    userId,
    clock: bounded(able<Clock>('clock', 'now', 'setTimeout', 'clearTimeout') ?? systemClock),
    random: () => {
      const chance = random();
      return chance >= 0 && chance < 1 ? chance : 0.5;
    },
    network:
      able<NetworkEvents>('network', 'addEventListener', 'removeEventListener') ??
      (platform.addEventListener && (platform as NetworkEvents)),
    WebSocket,
  };
};
