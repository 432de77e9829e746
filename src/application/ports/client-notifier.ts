/** Pushes frames to clients. */
export interface ClientNotifier {
  /**
   * Never rejects, and settles soon after `deadline` (epoch milliseconds) at the latest. Transient failures are tried
   * again until then, a bounded number of times, unless `once` is set. `patienceMs` bounds the time that this connection
   * alone takes: its requests and the pauses between them. Waiting until the technology accepts more pushes does not count.
   *
   * - `delivered`: handed to the socket; the peer may or may not still read
   * - `gone`: there is no such connection, or not yet: until `$connect` has returned, an opening connection looks the same
   * - `failed`: probably not delivered, but it may have been
   */
  send(connectionId: string, frame: string, deadline: number, options?: SendOptions): Promise<SendOutcome>;
  /** Closes the socket, by `deadline` at the latest; never rejects. A server can choose neither code nor reason. */
  close(connectionId: string, deadline: number): Promise<void>;
  /** Never rejects; `unknown` without an answer by `deadline`. Until `$connect` has returned, a connection is `gone`. */
  probe(connectionId: string, deadline: number): Promise<'open' | 'gone' | 'unknown'>;
  /**
   * The time by the clock that gives connections their `connectedAt`, as the last `gone` told it. Undefined before that,
   * and absent if that clock is the process's own.
   */
  now?(): number | undefined;
}

/** How hard to try to deliver one frame. */
export interface SendOptions {
  patienceMs?: number;
  /** Try only once, whatever the outcome. */
  once?: boolean;
}

export type SendOutcome = 'delivered' | 'gone' | 'failed';
