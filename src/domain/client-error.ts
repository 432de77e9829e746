import { ERRORS, type ErrorCode } from '../../protocol/errors.js';

export interface ErrorDetail {
  /** Says more than the fixed text; made of our own words only, never of the client's. */
  message?: string;
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * What the client is to be told. With a code that is not retryable nothing has changed; with a retryable one the
 * outcome is unknown.
 */
export class ClientError extends Error {
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ErrorCode,
    { message, retryAfterMs, cause }: ErrorDetail = {},
  ) {
    super(message ?? ERRORS[code].text, { cause });
    this.retryAfterMs = retryAfterMs;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}
