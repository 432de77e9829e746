import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventLog } from '../../../src/entry/event-log.js';
import { createEraseInbox } from '../../../src/entry/lambda/operators/create-erase-inbox.js';
import { createEraseRoom } from '../../../src/entry/lambda/operators/create-erase-room.js';
import { createRemoveUser } from '../../../src/entry/lambda/operators/create-remove-user.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('functions of operators', () => {
  let world: InMemoryWorld;
  const log = new EventLog('silent');
  const eraseRoom = (payload: unknown) => createEraseRoom(world.app, log)(payload);
  const eraseInbox = (payload: unknown) => createEraseInbox(world.app, log)(payload);
  const removeUser = (payload: unknown) => createRemoveUser(world.app, log)(payload);

  beforeEach(() => {
    world = new InMemoryWorld();
  });

  it('erase a room, or the inbox of a user, and say how much', async () => {
    const alice = await world.connect('alice');
    for (const n of [1, 2]) await world.send(alice, 'alice', n);
    await world.broadcast(alice, 3);

    expect(await eraseInbox({ userId: 'alice' })).toEqual({ publications: 2 });
    expect(await eraseRoom({ room: '*' })).toEqual({ publications: 1 });
    expect(await eraseRoom({ room: 'lobby' })).toEqual({ publications: 0 });
    expect((await world.history(alice, '@alice')).items).toEqual([]);
  });

  it.each([
    ['an inbox', { room: '@alice' }],
    ['no room', {}],
    ['what is no room', { room: '' }],
  ])('refuse to erase, as a room, %s', async (_, payload) => {
    await expect(eraseRoom(payload)).rejects.toThrow('The payload has to be {"room": "…"}');
  });

  it('refuse an invalid user', async () => {
    await expect(eraseInbox({ userId: '@alice' })).rejects.toThrow('The payload has to be {"userId": "…"}');
    await expect(removeUser({ userId: 'alice' })).rejects.toThrow(
      'The payload has to be {"userId": "…", "room": "…"}',
    );
  });

  it('report a failure only by its code', async () => {
    world.app.eraseLog.execute = () => Promise.reject(new Error('SECRET'));

    await expect(eraseInbox({ userId: 'alice' })).rejects.toThrow(/^internal$/);
  });
});
