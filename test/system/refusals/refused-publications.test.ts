import { describe, expect, it } from '@jest/globals';
import { DynamoDBCounters } from '../../../src/adapters/dynamodb/counters.js';
import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { CountingRateLimiter } from '../../../src/domain/limits/counting-rate-limiter.js';
import { FRAME_LIMIT } from '../../../src/domain/limits/frame-limit.js';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { RefusingWorld } from './refusing-world.js';

const EVERYTHING = { join: true, publish: true, history: true, presence: true, send: true, broadcast: true };
const FRAME = { action: 'publish', room: 'lobby', data: 'refused', key: 'fresh' };

describe('a publication that is refused, and may be tried again,', () => {
  const dynamodb = new TestDynamoDB();
  const settled = async (around?: (table: Table) => Table) => {
    const world = await RefusingWorld.create(dynamodb, around);
    await world.connect('alice', EVERYTHING);
    await world.do('alice=', { action: 'join', room: 'lobby' });
    await world.do('alice=', { action: 'publish', room: 'lobby', data: 'first' });
    return world;
  };
  const changed = async (world: RefusingWorld, frame: object) => {
    const before = (await world.rows()).map((row) => JSON.stringify(row));
    const answer = await world.answer('alice=', frame);
    const after = await world.rows();
    const kept = new Set(after.map((row) => JSON.stringify(row)));
    expect(before.filter((row) => !kept.has(row))).toEqual([]);
    return { answer, added: after.filter((row) => !before.includes(JSON.stringify(row))) };
  };

  it('with rate_limited leaves at most its claim', async () => {
    const world = await settled();
    const limiter = new CountingRateLimiter(
      new DynamoDBCounters(world.connections, world.world.clock),
      FRAME_LIMIT,
      10,
    );
    while ((await limiter.publication('lobby', 1)).outcome === 'admitted');

    const { answer, added } = await changed(world, FRAME);

    expect(answer).toMatchObject({ code: 'rate_limited', retryable: true });
    expect(added.filter(({ sk }) => sk !== 'CLAIM')).toEqual([]);
  });

  it('with conflict leaves only its claim', async () => {
    let crowded = false;
    const world = await settled((table) => withCrowd(table, () => crowded));
    crowded = true;

    const { answer, added } = await changed(world, FRAME);

    expect(answer).toMatchObject({ code: 'conflict', retryable: true });
    expect(added.map(({ pk }) => pk)).toEqual(['CLAIM#lobby#alice#fresh']);
  });
});

/** Another writer is always faster, and its row is gone at the next read. */
const withCrowd = (table: Table, crowded: () => boolean): Table => ({
  now: () => table.now(),
  get: (key) => table.get(key),
  query: (query) => table.query(query),
  count: (pk, atMost) => table.count(pk, atMost),
  put: async (row: Row, onlyIf) => (crowded() && row.data !== undefined ? false : table.put(row, onlyIf)),
  update: (key, change, onlyIf) => table.update(key, change, onlyIf),
  delete: (key) => table.delete(key),
  putAll: (rows) => table.putAll(rows),
});
