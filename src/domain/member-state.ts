import { hashOf } from '../../protocol/roster-digest.js';
import type { JsonText } from './json/json-text.js';

/** The state that a member has set on one connection. */
export interface MemberState {
  state: JsonText;
  /** From the client: the highest among a user's connections is the newest. */
  counter: number;
}

/** The part of a state in the membership: enough to find a user's newest state, and to compare two rosters. */
export interface StateStamp {
  counter: number;
  hash: number;
}

export const stampOf = ({ state, counter }: MemberState): StateStamp => ({
  counter,
  hash: hashOf(state.text),
});

export const isSame = (a: StateStamp, b: StateStamp): boolean => a.counter === b.counter && a.hash === b.hash;
