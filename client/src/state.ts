/**
 * `connecting`: trying; `live`: connected, and every room is level with its log as far as is known;
 * `catching-up`: connected, and reading what was missed; `offline`: no connection, the next attempt waits its
 * turn; `closed`: over, by `close()` or because of `client.error`.
 */
export type State = 'connecting' | 'live' | 'catching-up' | 'offline' | 'closed';
