import type { Cursor } from '../../../protocol/cursor.js';
import type { Clock } from './clock.js';
import type { WebSocketConstructor } from './web-socket.js';

export type NetworkEvent = 'online' | 'offline' | 'pageshow' | 'visibilitychange';

/** What tells that the network went or came: `window`, or anything that dispatches `online` and `offline`. */
export interface NetworkEvents {
  addEventListener(type: NetworkEvent, listener: (event: { type: string }) => void): void;
  removeEventListener(type: NetworkEvent, listener: (event: { type: string }) => void): void;
}

export type Fetch = (
  url: string,
  init: { mode: 'no-cors'; cache: 'no-store'; credentials: 'omit' },
) => Promise<unknown>;

/**
 * Absent, `undefined` and `null` mean the default, and `Infinity` means never. Anything else that makes no sense throws
 * a `SwitchboardError` with the code `invalid_option`, or a more exact one.
 */
export interface ClientOptions {
  /**
   * Called before every connection and whenever a token is about to expire. Reject with a `SwitchboardError`
   * that is not retryable (or any error with `retryable: false`) to give up; anything else is tried again.
   */
  readonly token?: (() => string | Promise<string>) | null | undefined;
  /** Who to be where the server takes guests. Without it the server makes up a name, which is then kept. */
  readonly userId?: string | null | undefined;
  /** Where to go on, by room, as `client.cursors()` gave it: a page that is reloaded misses nothing. */
  readonly cursors?: Readonly<Record<string, Cursor>> | null | undefined;

  /** Connect when the first call needs it, or at `connect()`, and not at once. */
  readonly lazy?: boolean | null | undefined;

  /** How long one attempt of a request may take. Default 15 s. */
  readonly requestTimeoutMs?: number | null | undefined;
  /** How long a call is repeated, or waits for a connection, before it rejects. Default 60 s. */
  readonly giveUpAfterMs?: number | null | undefined;
  /** How often one call is tried at most. Default 10. */
  readonly maxAttempts?: number | null | undefined;
  /** How many refusals in a row end a client that was never let in. Default 10. */
  readonly maxRefusals?: number | null | undefined;
  /**
   * How long a lost last push can stay unseen: after so long without an answer to a ping, the client asks. Default: 10 min on
   * a visible page, 30 min on a hidden one and where there is no page.
   */
  readonly pingIntervalMs?: number | null | undefined;
  /** How long an answer to a ping may take before the connection counts as dead. Default 10 s. */
  readonly pingTimeoutMs?: number | null | undefined;
  /** The oldest a connection gets before another one replaces it. Default 115 min: API Gateway cuts at 2 h. */
  readonly rotateAfterMs?: number | null | undefined;
  /** How long a push that came too early waits for the ones before it until history is asked. Default 200 ms. */
  readonly gapPatienceMs?: number | null | undefined;

  /** Default: the global one. Node 20 has none: pass that of the `ws` package. */
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
