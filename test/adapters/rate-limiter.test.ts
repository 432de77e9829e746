import { describe, expect, it } from '@jest/globals';
import { InMemoryCounters } from '../../src/adapters/in-memory/counters.js';
import { MySqlCounters } from '../../src/adapters/mysql/counters.js';
import { UnlimitedRateLimiter } from '../../src/adapters/unlimited/rate-limiter.js';
import type { LimitReset } from '../../src/application/ports/rate-limiter.js';
import { CountingRateLimiter } from '../../src/domain/limits/counting-rate-limiter.js';
import { FRAME_LIMIT } from '../../src/domain/limits/frame-limit.js';
import { rateLimiterContract } from '../contracts/rate-limiter/rate-limiter.contract.js';
import { rateLimiterClocksContract } from '../contracts/rate-limiter/rate-limiter-clocks.contract.js';
import { rateLimiterCountsContract } from '../contracts/rate-limiter/rate-limiter-counts.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { describeOnMySql } from '../support/servers/mysql.js';
import { CountingTable } from '../support/tables/counting-table.js';
import { SimulatedTables } from '../support/tables/simulated-tables.js';
import { VirtualClock } from '../support/time/virtual-clock.js';
import { limitersOnTable } from '../support/worlds/limiters-on-table.js';

const dynamodb = new TestDynamoDB();

// It is for one process, so its other process is itself.
const inMemory = () => {
  const clock = new VirtualClock();
  const resets: LimitReset[] = [];
  const limiter = new CountingRateLimiter(
    new InMemoryCounters(clock, (reset) => resets.push(reset)),
    FRAME_LIMIT,
    10,
  );
  return { limiter, other: limiter, clock, otherClock: clock, resets };
};
rateLimiterContract('in memory', inMemory);
rateLimiterCountsContract('in memory', inMemory);
rateLimiterClocksContract('in memory', inMemory);
// Thousands of frames: `rate-limiter.long.test.ts` has the tables of a server.
const simulated = new SimulatedTables();
const onSimulatedTable = async () => limitersOnTable(await simulated.table());
rateLimiterContract('DynamoDB, simulated', onSimulatedTable);
rateLimiterCountsContract('DynamoDB, simulated', onSimulatedTable);
rateLimiterClocksContract('DynamoDB, simulated', onSimulatedTable);
describeOnMySql('on MySQL', (mysql) => {
  const onMySql = async () => {
    const [clock, otherClock] = [new VirtualClock(), new VirtualClock()];
    const resets: LimitReset[] = [];
    const database = await mysql.database();
    const create = (its: VirtualClock) =>
      new CountingRateLimiter(
        new MySqlCounters(database, its, (reset) => resets.push(reset)),
        FRAME_LIMIT,
        10,
      );
    return { limiter: create(clock), other: create(otherClock), clock, otherClock, resets };
  };
  rateLimiterContract('MySQL', onMySql);
  rateLimiterCountsContract('MySQL', onMySql);
  rateLimiterClocksContract('MySQL', onMySql);
});

describe('On DynamoDB', () => {
  it('an admitted frame is one write for its connection and one for its user, and no read, fast or slow', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter, clock } = limitersOnTable(table);

    for (let n = 0; n < 15; n += 1) await limiter.frame('c=', 'alice');
    for (let n = 0; n < 15; n += 1) {
      clock.advance(5_000);
      await limiter.frame('c=', 'alice');
    }

    expect(operations).toEqual(Array(60).fill('update RATE'));
  });

  it('a publication is one write more', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter } = limitersOnTable(table);

    for (let n = 0; n < 10; n += 1) await limiter.publication('lobby', 5);

    expect(operations).toEqual(Array(10).fill('update RATE'));
  });

  it('a flood reaches the table only with its first frames and refusals', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter } = limitersOnTable(table);

    for (let n = 0; n < 1_000; n += 1) await limiter.frame('c=', 'alice');

    expect(operations).toEqual(Array(2 * 20 + 100).fill('update RATE'));
  });

  it('a frame refused because of another process is tried, and its refusal counted', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter, other, otherClock } = limitersOnTable(table);
    for (let n = 0; n < 20; n += 1) await limiter.frame('c=', 'alice');
    operations.length = 0;

    expect((await other.frame('c=', 'alice')).outcome).toBe('limited');
    expect(operations).toHaveLength(5);
    expect((await other.frame('c=', 'alice')).outcome).toBe('limited');
    expect(operations).toHaveLength(6);
    otherClock.advance(100);
    expect((await other.frame('c=', 'alice')).outcome).toBe('admitted');
  });

  it('a limit is one row that expires', async () => {
    const table = await dynamodb.table();
    const { limiter, clock } = limitersOnTable(table);

    for (let n = 0; n < 30; n += 1) await limiter.frame('c=', 'alice');

    const { rows } = await table.query({ pk: 'RATE#CONNECTION#c=' });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.expiresAt).toBeGreaterThan(clock.now());
    expect(rows[0]?.ttl).toBe(Math.ceil(Number(rows[0]?.expiresAt) / 1_000));
  });
});

it('Without limits, nothing is counted', async () => {
  const limiter = new UnlimitedRateLimiter();

  expect(await limiter.frame()).toEqual({ outcome: 'admitted', retryAfterMs: 0 });
  expect(await limiter.publication()).toEqual({ outcome: 'admitted', retryAfterMs: 0 });
  expect(limiter.connectionsPerUser).toBe(Number.POSITIVE_INFINITY);
});
