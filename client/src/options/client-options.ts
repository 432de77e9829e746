import type { Cursor } from '../../../protocol/cursor.js';
import type { Clock } from './clock.js';
import type { WebSocketConstructor } from './web-socket.js';

/** What tells that the network went or came: `window`, or anything that dispatches `online` and `offline`. */
export interface NetworkEvents {
  addEventListener(type: 'online' | 'offline', listener: (event: { type: string }) => void): void;
  removeEventListener(type: 'online' | 'offline', listener: (event: { type: string }) => void): void;
}

export interface ClientOptions {
  /**
   * Called before every connection and whenever a token is about to expire. Reject with a `SwitchboardError`
   * that is not retryable (or any error with `retryable: false`) to give up; anything else is tried again.
   */
  readonly token?: () => string | Promise<string>;
  /** Who to be where the server takes guests. Without it the server makes up a name, which is then kept. */
  readonly userId?: string;
  /** Where to go on, by room, as `client.cursors()` gave it: a page that is reloaded misses nothing. */
  readonly cursors?: Readonly<Record<string, Cursor>>;

  /** How long one attempt of a request may take. Default 15 s. */
  readonly requestTimeoutMs?: number;
  /** How long a call is repeated, or waits for a connection, before it rejects. Default 60 s. */
  readonly giveUpAfterMs?: number;
  /** How often one call is tried at most. Default 10. */
  readonly maxAttempts?: number;
  /** How many refusals in a row end a client that was never let in. Default 10. */
  readonly maxRefusals?: number;
  /** Default 4 min: API Gateway closes what is idle for 10. Also the longest that a lost last push stays unseen. */
  readonly pingIntervalMs?: number;
  /** How long an answer to a ping may take before the connection counts as dead. Default 10 s. */
  readonly pingTimeoutMs?: number;
  /** The oldest a connection gets before another one replaces it. Default 115 min: API Gateway cuts at 2 h. */
  readonly rotateAfterMs?: number;
  /** How long a push that came too early waits for the ones before it until history is asked. Default 200 ms. */
  readonly gapPatienceMs?: number;

  /** Default: the global one. Node 20 has none: pass that of the `ws` package. */
  readonly WebSocket?: WebSocketConstructor;
  readonly clock?: Clock;
  /** Uniform in [0, 1). Default: the platform's cryptographic generator. */
  readonly random?: () => number;
  readonly network?: NetworkEvents;
}
