import type { Fetch, NetworkEvents } from './client-options.js';
import type { Clock } from './clock.js';
import type { WebSocketConstructor } from './web-socket.js';

/**
 * The platform: a browser, a worker or Node. Declared here, so that the library needs neither the DOM's types nor Node's.
 */
interface Platform extends Partial<NetworkEvents> {
  readonly WebSocket?: WebSocketConstructor;
  readonly URL: new (url: string) => { readonly href: string };
  readonly crypto: { getRandomValues(array: Uint32Array): Uint32Array };
  readonly document?: { readonly visibilityState: string };
  readonly fetch?: Fetch;
  setTimeout: Clock['setTimeout'];
  clearTimeout: Clock['clearTimeout'];
}

export const platform = globalThis as unknown as Platform;
