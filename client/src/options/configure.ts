import { type Cursor, EPOCH } from '../../../protocol/cursor.js';
import { USER_ID } from '../../../protocol/names.js';
import { isPlain } from '../is-plain.js';
import { SwitchboardError } from '../switchboard-error.js';
import type { ClientOptions } from './client-options.js';
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

type Given = 'token' | 'userId' | 'network' | 'fetch';

export type Config = Readonly<Record<keyof typeof NUMBERS, number>> & {
  readonly [K in Given]?: NonNullable<ClientOptions[K]> | undefined;
} & {
  /** By room. A map, because a room may be called `constructor`. */
  readonly cursors: ReadonlyMap<string, Cursor>;
  readonly WebSocket: WebSocketConstructor;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (line: string) => void;
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

const secureRandom = (): number => (platform.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

const isDuration = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && (value <= MAX_MS || value === 1 / 0);

const isAble = (value: unknown): boolean => typeof value === 'function';

const has =
  (...methods: string[]) =>
  (value: unknown): boolean =>
    methods.every((method) => isAble((value as Record<string, unknown>)[method]));

const isCursor = (value: unknown): boolean => {
  const { epoch, offset } = Object(value) as Partial<Cursor>;
  return EPOCH.test(`${epoch}`) && Number.isSafeInteger(offset) && Number(offset) >= 0;
};

const isCursors = (value: unknown): boolean => isPlain(value) && Object.values(Object(value)).every(isCursor);

const CHECKS = {
  token: isAble,
  userId: (value: unknown): boolean => typeof value === 'string' && USER_ID.test(value),
  cursors: isCursors,
  WebSocket: isAble,
  clock: has('now', 'setTimeout', 'clearTimeout'),
  random: isAble,
  fetch: isAble,
  log: isAble,
  network: has('addEventListener', 'removeEventListener'),
};

/** Everything that a caller passed, checked; absent, `undefined` and `null` mean the default. */
export const configure = (options: ClientOptions): Config => {
  const standards = {
    ...NUMBERS,
    token: undefined,
    userId: undefined,
    cursors: {},
    WebSocket: platform.WebSocket,
    clock: systemClock,
    random: platform.crypto && secureRandom,
    network: platform.addEventListener && platform,
    fetch: platform.fetch,
    log: () => {},
  };
  const config: Record<string, unknown> = {};
  for (const [name, standard] of Object.entries(standards)) {
    const given = options[name as keyof ClientOptions] ?? undefined;
    const isRight = CHECKS[name as keyof typeof CHECKS] ?? isDuration;
    if (given !== undefined && !isRight(given))
      throw new SwitchboardError('invalid_option', `Wrong option \`${name}\``);
    config[name] = given ?? standard;
  }
  const { clock, random, cursors, log, WebSocket } = config as unknown as Required<ClientOptions> & Config;
  if (!WebSocket) throw new SwitchboardError('no_websocket', 'Pass option `WebSocket`');
  if (!random) throw new SwitchboardError('no_crypto', 'Pass option `random`');
  return {
    ...(config as unknown as Config),
    cursors: new Map(Object.entries(cursors)),
    clock: bounded(clock),
    log: (line) => {
      try {
        log(line);
      } catch {}
    },
    random: () => {
      const chance = random();
      return chance >= 0 && chance < 1 ? chance : 0.5;
    },
  };
};
