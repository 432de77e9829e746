import type { ErrorCode as ProtocolErrorCode } from '../../protocol/errors.js';

/** The server's codes, and codes of the client. */
export type ErrorCode =
  | ProtocolErrorCode
  /** The client was closed, or the room left, before there was an answer. */
  | 'closed'
  /** The connection ended, or there was none within the time of the call. */
  | 'connection_lost'
  /** The server refused a connection, and the platform does not say why. */
  | 'refused'
  /** Nothing answers at the address. */
  | 'unreachable'
  /** `token()` failed, and may succeed later. */
  | 'token_unavailable'
  /** The new token belongs to another user. */
  | 'identity_changed'
  /** An option makes no sense. */
  | 'invalid_option'
  /** The caller's `AbortSignal` aborted before there was an answer. */
  | 'aborted'
  /** Too many calls wait already: nothing was sent. */
  | 'queue_full'
  /** There is no such event. */
  | 'unknown_event'
  /** The address is not that of a WebSocket. */
  | 'invalid_url'
  /** The platform lacks something: an option can bring it. */
  | 'no_websocket'
  | 'no_crypto';

interface Details {
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly requestId?: string | undefined;
}

/** Every promise of this library that rejects does so with one of these. */
export class SwitchboardError extends Error {
  override readonly name = 'SwitchboardError';
  /**
   * `true`: the outcome is unknown, and the same call with the same `key` may be repeated.
   * `false`: nothing has changed, and repeating will not help.
   */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** Finds the request in the server's logs. */
  readonly requestId: string | undefined;

  constructor(
    readonly code: ErrorCode,
    /** Default: the code in words. */
    message: string = code.replaceAll('_', ' '),
    { retryable = false, retryAfterMs, requestId }: Details = {},
  ) {
    super(message);
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
    this.requestId = requestId;
  }

  /** With the message, which JSON would leave out of an `Error`. */
  toJSON(): object {
    return { ...this, message: this.message };
  }
}
