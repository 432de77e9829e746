import type { Room } from '../../../protocol/names.js';
import type { MemberStates, StatedMember } from '../../application/ports/member-states.js';
import { JsonText } from '../../domain/json/json-text.js';
import { type MemberState, stampOf } from '../../domain/member-state.js';
import { membershipKey, stateKey, statesOf } from './keys.js';
import { expiry } from './table/expiry.js';
import type { Condition } from './table/expression.js';
import { pages, type Row, type Table } from './table/table.js';

export class DynamoDBMemberStates implements MemberStates {
  constructor(private readonly table: Table) {}

  /** The state, then its stamp: a stamp without its state would make every roster look wrong. */
  async set({ room, connectionId, expiresAt }: StatedMember, said: MemberState): Promise<boolean> {
    const { counter, hash } = stampOf(said);
    const key = stateKey(room, connectionId);
    const state = { state: said.state.text, counter, ...expiry(expiresAt) };
    const row =
      (await this.table.update(key, { set: state }, isBelow('counter', counter))) ??
      (await this.table.get(key));
    // Frames of one connection may overtake one another, and of two with one counter the first counts.
    if (row?.counter !== counter || row.state !== said.state.text) return true;

    const member = membershipKey(room, connectionId);
    const stamp = { stateCounter: counter, stateHash: hash };
    const isNewest: Condition = { all: [{ exists: 'pk' }, isBelow('stateCounter', counter)] };
    if (await this.table.update(member, { set: stamp }, isNewest)) return true;
    if (await this.table.get(member)) return true;
    await this.table.delete(key);
    return false;
  }

  async read(room: Room, signal?: AbortSignal): Promise<ReadonlyMap<string, MemberState>> {
    const states = new Map<string, MemberState>();
    const query = { pk: statesOf(room), attributes: ['state', 'counter'], signal };
    for await (const rows of pages(this.table, query))
      for (const row of rows) states.set(row.sk, toState(row));
    return states;
  }
}

const isBelow = (attribute: string, counter: number): Condition => ({
  any: [{ absent: attribute }, { below: [attribute, counter] }],
});

const toState = (row: Row): MemberState => ({
  state: JsonText.stored(row.state as string),
  counter: row.counter as number,
});
