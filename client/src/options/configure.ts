import type { ClientOptions, NetworkEvents } from './client-options.js';
import type { Clock } from './clock.js';
import type { WebSocketConstructor } from './web-socket.js';

type Optional = 'token' | 'userId' | 'network' | 'WebSocket';

export type Config = Required<Omit<ClientOptions, Optional>> & {
  readonly [K in Optional]?: ClientOptions[K] | undefined;
};

// Spelled out, so that the library type-checks without the DOM's types and without Node's.
interface Platform extends Partial<NetworkEvents> {
  readonly WebSocket?: WebSocketConstructor;
  readonly crypto: { getRandomValues(array: Uint32Array): Uint32Array };
  setTimeout: Clock['setTimeout'];
  clearTimeout: Clock['clearTimeout'];
}

const platform = globalThis as unknown as Platform;

const systemClock: Clock = {
  now: Date.now,
  setTimeout: (callback, ms) => platform.setTimeout(callback, ms),
  clearTimeout: (timer) => platform.clearTimeout(timer),
};

const secureRandom = (): number => (platform.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

export const configure = (options: ClientOptions): Config => ({
  cursors: {},
  requestTimeoutMs: 15_000,
  giveUpAfterMs: 60_000,
  maxAttempts: 10,
  maxRefusals: 10,
  pingIntervalMs: 4 * 60_000,
  pingTimeoutMs: 10_000,
  rotateAfterMs: 115 * 60_000,
  gapPatienceMs: 200,
  clock: systemClock,
  random: secureRandom,
  network: platform.addEventListener && (platform as NetworkEvents),
  WebSocket: platform.WebSocket,
  ...options,
});
