/** What the server refuses with. */
export type ProtocolErrorCode =
  | 'invalid_json'
  | 'invalid_message'
  | 'unknown_action'
  | 'payload_too_large'
  | 'invalid_room'
  | 'invalid_user'
  | 'invalid_cursor'
  | 'idempotency_conflict'
  | 'not_a_member'
  | 'forbidden'
  | 'unauthenticated'
  | 'token_expired'
  | 'session_unknown'
  | 'room_limit'
  | 'connection_limit'
  | 'rate_limited'
  | 'conflict'
  | 'unavailable'
  | 'timeout'
  | 'internal';

/**
 * The server's codes, and what only this side can know: `closed` (the client was closed, or the room left,
 * before there was an answer), `connection_lost` (no connection for as long as was worth waiting), `refused`
 * (nothing there ever let this client in), `identity_changed` (the new token is another user's).
 */
export type ErrorCode = ProtocolErrorCode | 'closed' | 'connection_lost' | 'refused' | 'identity_changed';
