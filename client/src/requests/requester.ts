import type { Action, Reply } from '../../../protocol/actions.js';
import type { Link } from '../connection/link.js';
import type { Config } from '../options/configure.js';
import type { Outgoing } from './outgoing.js';

export interface Answer<A extends Action> {
  readonly reply: Reply<A>;
  readonly link: Link;
}

/** Everything that a request needs, independent of the connection. */
export interface Requester {
  readonly config: Config;
  readonly link: Link | undefined;
  readonly isClosed: boolean;
  /** Resolves when there is a connection after hello; rejects after this time without one, or never. */
  ready(patienceMs?: number): Promise<void>;
  /** Sleeps for this time, or until there is a new connection or none. */
  wait(ms: number): Promise<void>;
  /** One attempt, on the current connection. */
  request<A extends Action>(
    action: A,
    fields: Outgoing<A>,
    timeoutMs?: number,
    isOnce?: boolean,
  ): Promise<Answer<A>>;
}
