/**
 * `connecting`: trying; `live`: connected, and no room has a known gap; `catching-up`: connected, and reading missed
 * messages; `offline`: no connection, waiting for the next attempt; `closed`: ended, by `close()` or because of
 * `client.error`.
 */
export type State = 'connecting' | 'live' | 'catching-up' | 'offline' | 'closed';
