import { expect, it } from '@jest/globals';
import { EVERYONE } from '../../../protocol/names.js';
import { partition, partitionOf } from '../../../src/adapters/dynamodb/members/partitions.js';
import type { Condition } from '../../../src/adapters/dynamodb/table/expression.js';
import type { Query, Row } from '../../../src/adapters/dynamodb/table/table.js';
import { EVERY_MEMBER } from '../../../src/domain/section.js';
import { connectionOf, membershipOf, type Repositories } from '../../contracts/repositories.js';
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

const fill = async ({ connections, rooms, clock }: Repositories, ...ids: string[]) => {
  for (const id of ids) {
    const connection = connectionOf('alice', id, clock.now());
    await connections.save(connection);
    await rooms.join(membershipOf(connection, 'lobby', clock.now()));
  }
};

it('a process that cuts a room reads only the keys of its members', async () => {
  const asked: (readonly string[] | undefined)[] = [];
  class AskedTable extends SimulatedTable {
    override query(query: Query) {
      asked.push(query.attributes);
      return super.query(query);
    }
  }
  const world = repositoriesOn(new AskedTable(new Rows(), AT_ONCE));
  await fill(world, 'm1=', 'm2=', 'm3=', 'm4=', 'm5=');

  expect(await world.rooms.sections('lobby', 2)).toHaveLength(3);
  expect(asked).toEqual([[]]);
});

it('a process that cuts a room while another one does keeps to the bounds that were written first', async () => {
  const rows = new Rows();
  const other = repositoriesOn(new SimulatedTable(rows, AT_ONCE));
  await fill(other, 'm1=', 'm2=', 'm3=', 'm4=', 'm5=');
  let first: unknown;
  const table = new InterruptedTable(rows, async () => {
    await fill(other, 'a=');
    first = await other.rooms.sections('lobby', 2);
  });

  const second = await repositoriesOn(table).rooms.sections('lobby', 2);

  expect(second).toHaveLength(3);
  expect(second).toEqual(first);
  expect(await other.rooms.sections('lobby', 2)).toEqual(first);
});

it('a process that cuts the room of everyone counts one of its parts, if there are many members', async () => {
  const counted: string[] = [];
  class CountedTable extends SimulatedTable {
    override count(pk: string, atMost: number) {
      counted.push(pk);
      return super.count(pk, atMost);
    }
  }
  const world = repositoriesOn(new CountedTable(new Rows(), AT_ONCE));
  const ids = Array.from({ length: 400 }, (_, n) => `m${n}=`);
  for (const id of ids) await world.connections.save(connectionOf('alice', id, world.clock.now()));

  expect((await world.rooms.sections(EVERYONE, 100)).length).toBeGreaterThan(1);
  expect(counted).toHaveLength(1);
});

it('a process does not take the room of everyone for a large one because one part has twice its share', async () => {
  const world = repositoriesOn(new SimulatedTable(new Rows(), AT_ONCE));
  const many = Array.from({ length: 1_000 }, (_, n) => `m${n}=`);
  const isInFirst = (id: string) => partitionOf(EVERYONE, id) === partition(EVERYONE, 0);
  const ids = [...many.filter(isInFirst).slice(0, 14), ...many.filter((id) => !isInFirst(id)).slice(0, 86)];
  for (const id of ids) await world.connections.save(connectionOf('alice', id, world.clock.now()));

  expect(await world.rooms.sections(EVERYONE, 100)).toEqual([EVERY_MEMBER]);
  expect(await world.rooms.sections(EVERYONE, 99)).not.toEqual([EVERY_MEMBER]);
});
