import type { Room } from '../../../protocol/names.js';
import type { MemberStates, StatedMember } from '../../application/ports/member-states.js';
import { JsonText } from '../../domain/json/json-text.js';
import { type MemberState, stampOf } from '../../domain/member-state.js';
import type { Database } from './database/database.js';

export class MySqlMemberStates implements MemberStates {
  constructor(private readonly database: Database) {}

  async set({ room, connectionId }: StatedMember, said: MemberState): Promise<boolean> {
    const { counter, hash } = stampOf(said);
    const [row] = await this.database.call('switchboard_set_state', [
      room,
      connectionId,
      said.state.text,
      counter,
      hash,
    ]);
    return row?.is_member === 1;
  }

  async read(room: Room, signal?: AbortSignal): Promise<ReadonlyMap<string, MemberState>> {
    const rows = await this.database.rows(
      'SELECT connection_id, state, counter FROM switchboard_states WHERE room = ?',
      [room],
      signal,
    );
    return new Map(
      rows.map((row) => [
        row.connection_id as string,
        { state: JsonText.stored(row.state as string), counter: row.counter as number },
      ]),
    );
  }
}
