import { type Cursor, EPOCH } from '../../../protocol/cursor.js';
import { USER_ID } from '../../../protocol/names.js';
import { SwitchboardError } from '../switchboard-error.js';
import { tagOf } from '../tag-of.js';
import type { ClientOptions } from './client-options.js';
import type { Clock } from './clock.js';
import { platform } from './platform.js';
import type { WebSocketConstructor } from './web-socket.js';

/** Platforms take a timer beyond this for one that is due. */
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
    Number.isFinite(ms) ? clock.setTimeout(callback, Math.min(ms, MAX_MS)) : undefined,
  clearTimeout: (timer) => clock.clearTimeout(timer),
});

const secureRandom = (): number =>
  (platform.crypto.getRandomValues(new Uint32Array(1))[0] as number) / 2 ** 32;

const isDuration = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && (value <= MAX_MS || value === Number.POSITIVE_INFINITY);

const isAble = (value: unknown): boolean => typeof value === 'function';

const has =
  (...methods: string[]) =>
  (value: unknown): boolean =>
    methods.every((method) => isAble((value as Record<string, unknown>)[method]));

const isCursor = (value: unknown): boolean => {
  const { epoch, offset } = Object(value) as Partial<Cursor>;
  return EPOCH.test(`${epoch}`) && Number.isSafeInteger(offset) && (offset as number) >= 0;
};

const isUserId = (value: unknown): boolean => typeof value === 'string' && USER_ID.test(value);

const isCursors = (value: unknown): boolean =>
  tagOf(value) === 'Object' && Object.values(Object(value)).every(isCursor);

/** Everything that a caller passed, checked; absent, `undefined` and `null` mean the default. */
export const configure = (options: ClientOptions): Config => {
  const standards: Record<keyof ClientOptions, [isRight: (value: unknown) => boolean, standard?: unknown]> = {
    requestTimeoutMs: [isDuration, 15_000],
    giveUpAfterMs: [isDuration, 60_000],
    maxAttempts: [isDuration, 10],
    maxRefusals: [isDuration, 10],
    pingIntervalMs: [isDuration],
    pingTimeoutMs: [isDuration, 10_000],
    rotateAfterMs: [isDuration, 115 * 60_000],
    gapPatienceMs: [isDuration, 200],
    token: [isAble],
    userId: [isUserId],
    cursors: [isCursors, {}],
    WebSocket: [isAble, platform.WebSocket],
    clock: [has('now', 'setTimeout', 'clearTimeout'), systemClock],
    random: [isAble, platform.crypto && secureRandom],
    network: [has('addEventListener', 'removeEventListener'), platform.addEventListener && platform],
    fetch: [isAble, platform.fetch],
    log: [isAble, () => {}],
  };
  const config: Record<string, unknown> = {};
  for (const [name, [isRight, standard]] of Object.entries(standards)) {
    const given = options[name as keyof ClientOptions];
    if (given != null && !isRight(given))
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
