import type { Action, Fields } from '../../../protocol/actions.js';

/** The fields of a frame, of which `undefined` leaves those out that may be left out. */
export type Outgoing<A extends Action> = {
  readonly [K in keyof Fields<A>]: Fields<A>[K] | (object extends Pick<Fields<A>, K> ? undefined : never);
};
