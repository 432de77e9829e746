import type { Action, Reply } from '../../../protocol/actions.js';
import type { Link } from '../connection/link.js';
import type { Config } from '../options/configure.js';
import type { Outgoing } from './outgoing.js';

export interface Answer<A extends Action> {
  readonly reply: Reply<A>;
  readonly link: Link;
}

/** What it takes to ask the server, whatever connection there is. */
export interface Requester {
  readonly config: Config;
  readonly link: Link | undefined;
  readonly isClosed: boolean;
  /** Until there is a connection that has said hello; rejects after so long without one, or never. */
  ready(patienceMs?: number): Promise<void>;
  /** Sleeps for so long, or until there is a new connection or none any more. */
  wait(ms: number): Promise<void>;
  /** One attempt, on the connection there is. */
  request<A extends Action>(action: A, fields: Outgoing<A>, timeoutMs?: number): Promise<Answer<A>>;
}
