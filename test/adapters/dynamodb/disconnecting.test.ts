import { expect, it } from '@jest/globals';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const dynamodb = new TestDynamoDB();

it('disconnecting a user tells their rooms, and updates only the counts of their notices', async () => {
  const connections = await dynamodb.table();
  const updated: string[] = [];
  const update = connections.update.bind(connections);
  connections.update = (key, ...change) => {
    updated.push(key.pk);
    return update(key, ...change);
  };
  const world = new CountedWorld(connections, await dynamodb.table(), { RATE_LIMIT: 'on' });
  const [alice, bob] = [await world.connect('alice'), await world.connect('bob')];
  for (const caller of [alice, bob])
    await world.app.joinRoom.execute(caller, { action: 'join', room: 'lobby' });
  updated.length = 0;

  await world.app.disconnectUser.execute('alice');

  expect(world.clients.take(bob.connectionId).at(-1)).toMatchObject({ type: 'presence', left: ['alice'] });
  // The rights of `DisconnectUserRole`.
  expect(updated).toEqual(['RATE#ROOM#lobby']);
});
