import { expect, it } from '@jest/globals';
import type { Condition } from '../../../src/adapters/dynamodb/table/expression.js';
import type { Row } from '../../../src/adapters/dynamodb/table/table.js';
import { connectionOf, membershipOf } from '../../contracts/repositories.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import { repositoriesOn } from '../../support/worlds/repositories.js';

/** Does something just before its first row is put. */
class InterruptedTable extends SimulatedTable {
  constructor(
    rows: Rows,
    private interrupt: (() => Promise<unknown>) | undefined,
  ) {
    super(rows, AT_ONCE);
  }

  override async put(row: Row, onlyIf?: Condition): Promise<boolean> {
    const { interrupt } = this;
    this.interrupt = undefined;
    await interrupt?.();
    return super.put(row, onlyIf);
  }
}

it('a process that cuts a room while another one does keeps to the bounds that were written first', async () => {
  const rows = new Rows();
  const other = repositoriesOn(new SimulatedTable(rows, AT_ONCE));
  const join = async (...ids: string[]) => {
    for (const id of ids) {
      const connection = connectionOf('alice', id, other.clock.now());
      await other.connections.save(connection);
      await other.rooms.join(membershipOf(connection, 'lobby', other.clock.now()));
    }
  };
  await join('m1=', 'm2=', 'm3=', 'm4=', 'm5=');
  let first: unknown;
  const table = new InterruptedTable(rows, async () => {
    await join('a=');
    first = await other.rooms.sections('lobby', 2);
  });

  const second = await repositoriesOn(table).rooms.sections('lobby', 2);

  expect(second).toHaveLength(3);
  expect(second).toEqual(first);
  expect(await other.rooms.sections('lobby', 2)).toEqual(first);
});
