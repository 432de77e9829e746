import { describe, expect, it } from '@jest/globals';
import { DynamoDBRateLimiter } from '../../src/adapters/dynamodb/rate-limiter.js';
import type { Table } from '../../src/adapters/dynamodb/table.js';
import { InMemoryRateLimiter } from '../../src/adapters/in-memory/rate-limiter.js';
import { UnlimitedRateLimiter } from '../../src/adapters/unlimited/rate-limiter.js';
import { FRAME_LIMIT } from '../../src/domain/frame-limit.js';
import { rateLimiterContract } from '../contracts/rate-limiter.contract.js';
import { CountingTable } from '../support/counting-table.js';
import { TestDynamoDB } from '../support/dynamodb.js';
import { VirtualClock } from '../support/virtual-clock.js';

const dynamodb = new TestDynamoDB();

const limitersOn = (table: Table) => {
  const clock = new VirtualClock();
  const create = () => new DynamoDBRateLimiter(table, clock, FRAME_LIMIT, 10);
  return { limiter: create(), other: create(), clock };
};

// It is for one process, so its other process is itself.
rateLimiterContract('in memory', () => {
  const clock = new VirtualClock();
  const limiter = new InMemoryRateLimiter(clock, FRAME_LIMIT, 10);
  return { limiter, other: limiter, clock };
});
rateLimiterContract('DynamoDB', async () => limitersOn(await dynamodb.table()));

describe('On DynamoDB', () => {
  it('an admitted frame is one write and no read, fast or slow', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter, clock } = limitersOn(table);

    for (let n = 0; n < 15; n += 1) await limiter.frame('c=');
    for (let n = 0; n < 15; n += 1) {
      clock.advance(5_000);
      await limiter.frame('c=');
    }

    expect(operations).toEqual(Array(30).fill('update RATE'));
  });

  it('a publication is one write more', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter } = limitersOn(table);

    for (let n = 0; n < 10; n += 1) await limiter.publication('lobby', 5);

    expect(operations).toEqual(Array(10).fill('update RATE'));
  });

  it('a flood is its first frames and refusals to the table, and nothing more', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter } = limitersOn(table);

    for (let n = 0; n < 1_000; n += 1) await limiter.frame('c=');

    expect(operations).toEqual(Array(20 + 100).fill('update RATE'));
  });

  it('a frame that another process left no room for is tried, and its refusal counted', async () => {
    const operations: string[] = [];
    const table = new CountingTable(await dynamodb.table(), operations);
    const { limiter, other, clock } = limitersOn(table);
    for (let n = 0; n < 20; n += 1) await limiter.frame('c=');
    operations.length = 0;

    expect((await other.frame('c=')).outcome).toBe('limited');
    expect(operations).toHaveLength(3);
    expect((await other.frame('c=')).outcome).toBe('limited');
    expect(operations).toHaveLength(4);
    clock.advance(100);
    expect((await other.frame('c=')).outcome).toBe('admitted');
  });

  it('a limit is one row that expires', async () => {
    const table = await dynamodb.table();
    const { limiter, clock } = limitersOn(table);

    for (let n = 0; n < 30; n += 1) await limiter.frame('c=');

    const { rows } = await table.query({ pk: 'RATE#c=' });
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
