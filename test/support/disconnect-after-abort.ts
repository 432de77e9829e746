/**
 * Whether the tests' gateways send `$disconnect` for an admitted upgrade that the client then abandoned. It is unknown
 * what AWS does, so every suite has to pass both ways; `DISCONNECT_AFTER_ABORT=off` tests the other one.
 */
export const disconnectAfterAbort = process.env.DISCONNECT_AFTER_ABORT !== 'off';
