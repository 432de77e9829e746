import { expect, it } from '@jest/globals';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { stampOf } from '../../../src/domain/member-state.js';
import { connectionOf, membershipOf } from '../../contracts/repositories.js';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { DyingProcess } from '../../support/tables/dying-process.js';
import { repositoriesOn } from '../../support/worlds/repositories.js';

const dynamodb = new TestDynamoDB();
const at = 1_760_000_000_000;
const alice = connectionOf('alice', 'alice=', at);
const member = membershipOf(alice, 'lobby', at);
const said = (value: unknown, counter: number) => ({ state: JsonText.of(value), counter });

it('two states with one counter, of which the first was interrupted, leave no stamp of a state that is not stored', async () => {
  const table = await dynamodb.table();
  const { connections, rooms, states } = repositoriesOn(table);
  await connections.save(alice);
  await rooms.join(member);
  await expect(
    repositoriesOn(new DyingProcess(1, false).of(table)).states.set(member, said('first', 1)),
  ).rejects.toThrow('killed');

  expect(await states.set(member, said('second', 1))).toBe(true);
  expect((await rooms.find('lobby', 'alice='))?.stamp).toBeUndefined();

  expect(await states.set(member, said('first', 1))).toBe(true);
  expect((await rooms.find('lobby', 'alice='))?.stamp).toEqual(stampOf(said('first', 1)));
});
