/**
 * Whether gateways of tests send `$disconnect` for an upgrade that was admitted and then abandoned: what AWS does is unknown,
 * so every suite has to pass with both. `DISCONNECT_AFTER_ABORT=off` is the other position.
 */
export const disconnectAfterAbort = process.env.DISCONNECT_AFTER_ABORT !== 'off';
