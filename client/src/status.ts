import type { State } from './state.js';
import type { SwitchboardError } from './switchboard-error.js';

/** The state of the connection, with its reason. Each change makes a new object. */
export interface Status {
  readonly state: State;
  /** Why there is no connection, or what ended the client. Absent while connected, and before the first attempt failed. */
  readonly reason: SwitchboardError | undefined;
  /** Attempts since there was a connection, the one under way included: 0 while connected. */
  readonly attempt: number;
  /** While `offline`: when the next attempt begins, by the client's clock (milliseconds since 1970). */
  readonly nextTryAt: number | undefined;
}
