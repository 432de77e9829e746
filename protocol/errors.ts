import { DATA_BYTES, ROOMS_PER_CONNECTION } from './limits.js';

/** Each code with its fixed text. Not retryable: nothing has changed. Retryable: the outcome is unknown. */
export const ERRORS = {
  invalid_json: { text: 'The frame is not JSON.', retryable: false },
  invalid_message: { text: 'The frame does not fit its action.', retryable: false },
  unknown_action: { text: 'There is no such action.', retryable: false },
  payload_too_large: { text: `\`data\` is over ${DATA_BYTES} bytes.`, retryable: false },
  invalid_room: { text: 'This is not a room that the action accepts.', retryable: false },
  invalid_user: { text: 'This is not a user id.', retryable: false },
  invalid_cursor: { text: 'This is not a cursor.', retryable: false },
  idempotency_conflict: { text: 'This key was used with other data.', retryable: false },
  not_a_member: { text: 'You are not in this room.', retryable: false },
  room_too_large: { text: 'This room has too many members.', retryable: false },
  forbidden: { text: 'You may not do this.', retryable: false },
  unauthenticated: { text: 'This connection has no identity.', retryable: false },
  token_expired: { text: 'The token has expired.', retryable: false },
  session_unknown: { text: 'This connection is not known any more: connect again.', retryable: false },
  room_limit: { text: `A connection can be in ${ROOMS_PER_CONNECTION} rooms at the most.`, retryable: false },
  connection_limit: { text: 'This user has too many connections.', retryable: false },
  rate_limited: { text: 'Too many frames: slow down.', retryable: true },
  conflict: { text: 'Too many publish to this room at once: try again with the same key.', retryable: true },
  unavailable: { text: 'The service cannot do this now: try again with the same key.', retryable: true },
  timeout: { text: 'This took too long: try again with the same key.', retryable: true },
  internal: { text: 'Something went wrong: try again with the same key.', retryable: true },
};

export type ErrorCode = keyof typeof ERRORS;

export interface Refusal {
  readonly code: ErrorCode;
  /** For people. It never contains a value that the client sent. */
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

/** The reply to a refused frame. */
export interface ErrorFrame extends Refusal {
  readonly type: 'error';
  readonly id: string | null;
  /** Finds the frame in the server's logs. */
  readonly requestId: string;
}
