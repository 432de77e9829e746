/** Pushes frames to clients. */
export interface ClientNotifier {
  /**
   * Never rejects, and settles soon after `deadline` (epoch milliseconds) at the latest. What is transient is tried
   * again until then, a bounded number of times, unless `once` says otherwise. `patienceMs` bounds what this connection alone
   * costs, its requests and the pauses between them; waiting until the technology takes more pushes is no fault of its own, and
   * does not count.
   *
   * - `delivered`: handed to the socket; whether the peer still reads is not known
   * - `gone`: there is no such connection, or not yet: until `$connect` has returned, an opening one looks the same
   * - `failed`: not delivered as far as one knows; it may have been
   */
  send(connectionId: string, frame: string, deadline: number, effort?: Effort): Promise<SendOutcome>;
  /** Closes the socket, by `deadline` at the latest; never rejects. A server can choose neither code nor reason. */
  close(connectionId: string, deadline: number): Promise<void>;
  /** Never rejects; `unknown` without an answer by `deadline`. Until `$connect` has returned, a connection is `gone`. */
  probe(connectionId: string, deadline: number): Promise<'open' | 'gone' | 'unknown'>;
  /**
   * The time by the clock that gives connections their `connectedAt`, as it was heard with the last `gone`. Undefined before,
   * and absent where that clock is the process's own.
   */
  now?(): number | undefined;
}

/** What one frame is worth. */
export interface Effort {
  patienceMs?: number;
  /** It is tried once, whatever becomes of it. */
  once?: boolean;
}

export type SendOutcome = 'delivered' | 'gone' | 'failed';
