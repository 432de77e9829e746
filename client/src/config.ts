import type { ClientOptions, NetworkEvents } from './client-options.js';
import type { Clock } from './clock.js';
import { SwitchboardError } from './switchboard-error.js';
import type { WebSocketConstructor } from './web-socket.js';

type Optional = 'token' | 'userId' | 'network';

export type Config = Required<Omit<ClientOptions, Optional>> & Pick<ClientOptions, Optional>;

// Spelled out, so that the library type-checks without the DOM's types and without Node's.
interface Platform extends Partial<NetworkEvents> {
  readonly WebSocket?: WebSocketConstructor;
  readonly crypto: { getRandomValues(array: Uint32Array): Uint32Array };
  setTimeout: Clock['setTimeout'];
  clearTimeout: Clock['clearTimeout'];
}

const platform = globalThis as unknown as Platform;

const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => platform.setTimeout(callback, ms),
  clearTimeout: (timer) => platform.clearTimeout(timer),
};

const secureRandom = (): number => (platform.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

export const configure = (options: ClientOptions): Config => {
  const WebSocket = options.WebSocket ?? platform.WebSocket;
  if (!WebSocket) throw new SwitchboardError('refused', 'There is no WebSocket here: pass one as an option');
  return {
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
    ...(platform.addEventListener && { network: platform as NetworkEvents }),
    ...options,
    WebSocket,
  };
};
