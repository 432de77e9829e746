import { expect, it } from '@jest/globals';
import { DynamoDBUsedTokens } from '../../src/adapters/dynamodb/used-tokens.js';
import { InMemoryUsedTokens } from '../../src/adapters/in-memory/used-tokens.js';
import { MySqlUsedTokens } from '../../src/adapters/mysql/used-tokens.js';
import { usedTokensContract } from '../contracts/used-tokens.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { describeOnMySql } from '../support/servers/mysql.js';
import { VirtualClock } from '../support/time/virtual-clock.js';

const dynamodb = new TestDynamoDB();

usedTokensContract('in memory', () => {
  const clock = new VirtualClock();
  const usedTokens = new InMemoryUsedTokens(clock);
  return { usedTokens, other: usedTokens, clock, otherClock: clock };
});
usedTokensContract('DynamoDB', async () => {
  const table = await dynamodb.table();
  const [clock, otherClock] = [new VirtualClock(), new VirtualClock()];
  const [usedTokens, other] = [clock, otherClock].map((its) => new DynamoDBUsedTokens(table, its)) as [
    DynamoDBUsedTokens,
    DynamoDBUsedTokens,
  ];
  return { usedTokens, other, clock, otherClock };
});
describeOnMySql('on MySQL', (mysql) => {
  usedTokensContract('MySQL', async () => {
    const [clock, otherClock] = [new VirtualClock(), new VirtualClock()];
    const database = await mysql.database(clock);
    const [usedTokens, other] = [clock, otherClock].map((its) => new MySqlUsedTokens(database, its)) as [
      MySqlUsedTokens,
      MySqlUsedTokens,
    ];
    return { usedTokens, other, clock, otherClock };
  });
});

it('in memory, an id is remembered until its expiry and forgotten some time after', async () => {
  const clock = new VirtualClock();
  const usedTokens = new InMemoryUsedTokens(clock);
  await usedTokens.use('ticket', clock.now() + 120_000);

  clock.advance(119_999);
  expect(await usedTokens.use('ticket', clock.now())).toBe(false);
  clock.advance(60_000);
  expect(await usedTokens.use('ticket', clock.now())).toBe(true);
});

it('on DynamoDB, an id may be used again if its row has expired but is not deleted yet', async () => {
  const clock = new VirtualClock();
  const usedTokens = new DynamoDBUsedTokens(await dynamodb.table(), clock);
  const expiresAt = clock.now() + 120_000;
  await usedTokens.use('ticket', expiresAt);

  clock.advance(120_000);
  expect(await usedTokens.use('ticket', expiresAt)).toBe(false);
  clock.advance(1);
  expect(await usedTokens.use('ticket', expiresAt + 120_000)).toBe(true);
});
