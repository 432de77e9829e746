/** The codes of the `error` frame and their fixed texts. */
export const ERROR_TEXTS = {
  invalid_json: 'The frame is not JSON.',
  invalid_message: 'The frame does not fit its action.',
  unknown_action: 'There is no such action.',
  payload_too_large: '`data` is over 16384 bytes.',
  invalid_room: 'This is not a room that the action accepts.',
  invalid_user: 'This is not a user id.',
  invalid_cursor: 'This is not a cursor.',
  idempotency_conflict: 'This key was used with other data.',
  not_a_member: 'You are not in this room.',
  forbidden: 'You may not do this.',
  unauthenticated: 'This connection has no identity.',
  token_expired: 'The token has expired.',
  session_unknown: 'This connection is not known any more: connect again.',
  room_limit: 'A connection can be in 50 rooms at the most.',
  connection_limit: 'This user has too many connections.',
  rate_limited: 'Too many frames: slow down.',
  conflict: 'Too many publish to this room at once: try again with the same key.',
  unavailable: 'The service cannot do this now: try again with the same key.',
  timeout: 'This took too long: try again with the same key.',
  internal: 'Something went wrong: try again with the same key.',
} as const;

export type ErrorCode = keyof typeof ERROR_TEXTS;

const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'rate_limited',
  'conflict',
  'unavailable',
  'timeout',
  'internal',
]);

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
    super(message ?? ERROR_TEXTS[code], { cause });
    this.retryAfterMs = retryAfterMs;
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}
