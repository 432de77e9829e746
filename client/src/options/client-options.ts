import type { Cursor } from '../../../protocol/cursor.js';
import type { Clock } from './clock.js';
import type { WebSocketConstructor } from './web-socket.js';

export type NetworkEvent = 'online' | 'offline' | 'pageshow' | 'visibilitychange';

/** Tells when the network goes or comes back: `window`, or anything that dispatches `online` and `offline`. */
export interface NetworkEvents {
  addEventListener(type: NetworkEvent, listener: (event: { type: string }) => void): void;
  removeEventListener(type: NetworkEvent, listener: (event: { type: string }) => void): void;
}

export type Fetch = (url: string, init: { mode: 'no-cors'; cache: 'no-store' }) => Promise<unknown>;

/**
 * An absent option, `undefined` and `null` mean the default, and `Infinity` means never. Any other senseless value throws
 * a `SwitchboardError` with the code `invalid_option`, or a more exact code.
 */
export interface ClientOptions {
  /**
   * Called before every connection and whenever a token is about to expire. Reject with a `SwitchboardError`
   * that is not retryable (or any error with `retryable: false`) to give up; after any other error the client tries again.
   */
  readonly token?: (() => string | Promise<string>) | null | undefined;
  /** The user id, if the server accepts guests. Without it the server chooses a name, which the client then keeps. */
  readonly userId?: string | null | undefined;
  /** Positions by room, from `client.cursors()`: so a reloaded page misses nothing. */
  readonly cursors?: Readonly<Record<string, Cursor>> | null | undefined;

  /** Connect only when the first call needs it, or at `connect()`. */
  readonly lazy?: boolean | null | undefined;

  /** How long one attempt of a request may take. Default 15 s. */
  readonly requestTimeoutMs?: number | null | undefined;
  /** How long a call is repeated, or waits for a connection, before it rejects. Default 60 s. */
  readonly giveUpAfterMs?: number | null | undefined;
  /** The most attempts of one call. Default 10. */
  readonly maxAttempts?: number | null | undefined;
  /** How many refusals in a row end a client that was never connected. Default 10. */
  readonly maxRefusals?: number | null | undefined;
  /**
   * How long a lost last push can stay unnoticed: the time from the last answer to a ping until the next ping. Default: 10
   * min on a visible page, 30 min on a hidden page and without a page.
   */
  readonly pingIntervalMs?: number | null | undefined;
  /** How long an answer to a ping may take before the connection counts as dead. Default 10 s. */
  readonly pingTimeoutMs?: number | null | undefined;
  /** The age at which another connection replaces a connection. Default 115 min: API Gateway cuts it after 2 h. */
  readonly rotateAfterMs?: number | null | undefined;
  /**
   * How long a push that came too early waits for the pushes before it, until the client asks for history. Default 200 ms.
   */
  readonly gapPatienceMs?: number | null | undefined;

  /** Default: the global one. Node 20 has none: pass the one from the `ws` package. */
  readonly WebSocket?: WebSocketConstructor | null | undefined;
  readonly clock?: Clock | null | undefined;
  /** Uniform in [0, 1). Default: the platform's cryptographic generator. */
  readonly random?: (() => number) | null | undefined;
  readonly network?: NetworkEvents | null | undefined;
  /** Asked once after an attempt failed without a reason: whether the server can be reached at all. */
  readonly fetch?: Fetch | null | undefined;
  /** Gets one line per event: states with their reasons, sleep, repeated requests, resets. Never tokens or data. */
  readonly log?: ((line: string) => void) | null | undefined;
}
