import { hashOf } from '../../protocol/roster-digest.js';
import type { JsonText } from './json/json-text.js';

/** What a member says of themselves on one connection. */
export interface MemberState {
  state: JsonText;
  /** The client's: the highest of a user's connections counts. */
  counter: number;
}

/** What a membership knows of its state: enough to tell a user's newest one, and whether two rosters are the same. */
export interface StateStamp {
  counter: number;
  hash: number;
}

export const stampOf = ({ state, counter }: MemberState): StateStamp => ({
  counter,
  hash: hashOf(state.text),
});

export const isSame = (a: StateStamp, b: StateStamp): boolean => a.counter === b.counter && a.hash === b.hash;
