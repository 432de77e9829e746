import { ERRORS, type ErrorCode } from '../../protocol/errors.js';

export interface ErrorDetail {
  /** Says more than the fixed text. It never quotes the client. */
  message?: string;
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * An error to tell the client. If the code is not retryable, nothing has changed; if it is, the
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
