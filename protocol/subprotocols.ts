/** The subprotocol that the server chooses. */
export const SUBPROTOCOL = 'switchboard.v1';

/** What a browser offers beside it carries the token: it can set no other header. */
export const BEARER_PREFIX = 'bearer.';
