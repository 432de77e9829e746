import { expect, it } from '@jest/globals';
import type { Table } from '../../../src/adapters/dynamodb/table/table.js';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { repositoriesOn } from '../../support/worlds/repositories.js';

const dynamodb = new TestDynamoDB();
const alice = { connectionId: 'a=', userId: 'alice', connectedAt: 1, expiresAt: 2e12, rooms: [] };
const member = {
  room: 'lobby',
  connectionId: 'a=',
  userId: 'alice',
  connectedAt: 1,
  joinedAt: 1,
  expiresAt: 2e12,
};

/** Dies at the write after this many. */
const dyingAfter = (writes: number, table: Table): Table => {
  let left = writes;
  const write = async <T>(done: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left < 0) throw new Error('killed on purpose');
    return done();
  };
  return {
    now: () => table.now(),
    get: (key) => table.get(key),
    query: (query) => table.query(query),
    count: (pk, atMost) => table.count(pk, atMost),
    put: (row, onlyIf) => write(() => table.put(row, onlyIf)),
    update: (key, change, onlyIf) => write(() => table.update(key, change, onlyIf)),
    delete: (key) => write(() => table.delete(key)),
    putAll: (rows) => write(() => table.putAll(rows)),
  };
};

it.each([0, 1])(
  'a leave that is killed after %s writes leaves no member that its connection does not know',
  async (writes) => {
    const table = await dynamodb.table();
    const { connections, rooms } = repositoriesOn(table);
    await connections.save(alice);
    await rooms.join(member);

    await expect(repositoriesOn(dyingAfter(writes, table)).rooms.leave('lobby', 'a=')).rejects.toThrow(
      'on purpose',
    );

    const isMember = (await rooms.find('lobby', 'a=')) !== undefined;
    const known = (await connections.find('a='))?.rooms ?? [];
    expect(isMember && !known.includes('lobby')).toBe(false);
  },
);

it('a leave that comes after its connection was forgotten writes nothing', async () => {
  const table = await dynamodb.table();

  expect(await repositoriesOn(table).rooms.leave('lobby', 'a=')).toBeUndefined();

  expect(await dynamodb.rows(table)).toEqual([]);
});

it.each(['leave of no member', 'removal'])(
  'a join between the two writes of a %s leaves no unlisted member',
  async (what) => {
    const table = await dynamodb.table();
    const { connections, rooms } = repositoriesOn(table);
    await connections.save(alice);
    if (what === 'removal') await rooms.join(member);
    let joins = 0;
    const interrupted: Table = {
      ...dyingAfter(100, table),
      delete: async (key) => {
        const row = await table.delete(key);
        joins += 1;
        if (joins === 1) await rooms.join({ ...member, joinedAt: 2 });
        return row;
      },
    };

    await repositoriesOn(interrupted).rooms.leave('lobby', 'a=');

    const isMember = (await rooms.find('lobby', 'a=')) !== undefined;
    expect((await connections.find('a='))?.rooms).toEqual(isMember ? ['lobby'] : []);
  },
);
