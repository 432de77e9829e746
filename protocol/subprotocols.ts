/** The subprotocol that the server chooses. */
export const SUBPROTOCOL = 'switchboard.v1';

/** A second subprotocol carries the token, because a browser can set no other header. */
export const BEARER_PREFIX = 'bearer.';
