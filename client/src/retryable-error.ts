import { type ErrorCode, SwitchboardError } from './switchboard-error.js';

/** Nothing is decided: the same call may be repeated. */
export const retryableError = (code: ErrorCode, message?: string): SwitchboardError =>
  new SwitchboardError(code, message, { retryable: true });
