import { type Cursor, EPOCH } from '../../../protocol/cursor.js';
import { USER_ID } from '../../../protocol/names.js';
import { SwitchboardError } from '../switchboard-error.js';
import { tagOf } from '../tag-of.js';
import type { ClientOptions } from './client-options.js';
import type { Clock } from './clock.js';
import { platform } from './platform.js';
import type { WebSocketConstructor } from './web-socket.js';
import { wrongOption } from './wrong-option.js';

/** Platforms fire a longer timer at once. */
const MAX_MS = 2 ** 31 - 1;

type Numbers = {
  [K in keyof ClientOptions]-?: ClientOptions[K] extends number | null | undefined ? K : never;
}[keyof ClientOptions];

type Given = 'token' | 'userId' | 'network' | 'fetch' | 'pingIntervalMs';

export type Config = { readonly [K in Exclude<Numbers, Given>]: number } & {
  readonly [K in Given]?: NonNullable<ClientOptions[K]> | undefined;
} & {
  /** By room. A map, because a room may be called `constructor`. */
  readonly cursors: ReadonlyMap<string, Cursor>;
  readonly lazy: boolean;
  readonly WebSocket: WebSocketConstructor;
  readonly clock: Clock;
  /** The clock's own reading: a clock may be set back. */
  readonly date: () => number;
  readonly random: () => number;
  readonly log: (line: string) => void;
};

/** A time that never goes back. A timer for `Infinity` never fires, and a very long timer does not fire early. */
const bounded = (date: () => number, timers: Omit<Clock, 'now'>): Clock => {
  let last = 0;
  let setBackMs = 0;
  return {
    now: () => {
      const now = date();
      setBackMs += Math.max(0, last - now);
      last = now;
      return now + setBackMs;
    },
    setTimeout: (callback, ms) =>
      ms < Number.POSITIVE_INFINITY ? timers.setTimeout(callback, Math.min(ms, MAX_MS)) : undefined,
    clearTimeout: (timer) => timers.clearTimeout(timer),
  };
};

const secureRandom = (): number =>
  (platform.crypto.getRandomValues(new Uint32Array(1))[0] as number) / 2 ** 32;

const isDuration = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && (value <= MAX_MS || value === Number.POSITIVE_INFINITY);

const isCount = (value: unknown): boolean => isDuration(value) && (value as number) >= 1;

const isAble = (value: unknown): boolean => typeof value === 'function';

const has =
  (...methods: string[]) =>
  (value: unknown): boolean =>
    methods.every((method) => isAble((value as Record<string, unknown>)[method]));

const isCursor = (value: unknown): boolean => {
  const { epoch, offset } = Object(value) as Partial<Cursor>;
  return EPOCH.test(epoch as string) && Number.isSafeInteger(offset) && (offset as number) >= 0;
};

/** How to check an option that is neither a duration nor a function. */
const CHECKS: { readonly [K in keyof ClientOptions]?: (value: unknown) => boolean } = {
  userId: (value) => tagOf(value) === 'String' && USER_ID.test(value as string),
  cursors: (value) => tagOf(value) === 'Object' && Object.values(value as object).every(isCursor),
  pingIntervalMs: isDuration,
  maxAttempts: isCount,
  maxRefusals: isCount,
  lazy: (value) => value === !!value,
  clock: has('now', 'setTimeout', 'clearTimeout'),
  network: has('addEventListener', 'removeEventListener'),
};

/** The caller's options, checked; absent, `undefined` and `null` mean the default. */
export const configure = (options: ClientOptions): Config => {
  const standards: Record<keyof ClientOptions, unknown> = {
    requestTimeoutMs: 15_000,
    giveUpAfterMs: 60_000,
    maxAttempts: 10,
    maxRefusals: 10,
    pingIntervalMs: undefined,
    pingTimeoutMs: 10_000,
    rotateAfterMs: 115 * 60_000,
    gapPatienceMs: 200,
    token: undefined,
    userId: undefined,
    cursors: {},
    lazy: false,
    WebSocket: platform.WebSocket,
    clock: undefined,
    random: platform.crypto && secureRandom,
    network: platform.addEventListener && platform,
    fetch: platform.fetch,
    log: () => {},
  };
  const config: Record<string, unknown> = {};
  for (const [name, standard] of Object.entries(standards)) {
    const value = options[name as keyof ClientOptions] ?? standard;
    const isRight =
      CHECKS[name as keyof ClientOptions] ?? (typeof standard === 'number' ? isDuration : isAble);
    if (value != null && !isRight(value)) throw wrongOption(name);
    config[name] = value;
  }
  const { clock, random, cursors, log, WebSocket } = config as unknown as Required<ClientOptions> & Config;
  if (!WebSocket) throw new SwitchboardError('no_websocket', 'Pass `WebSocket`');
  if (!random) throw new SwitchboardError('no_crypto', 'Pass `random`');
  const date = () => (clock ?? Date).now();
  return {
    ...(config as unknown as Config),
    date,
    cursors: new Map(Object.entries(cursors)),
    clock: bounded(date, clock ?? platform),
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
