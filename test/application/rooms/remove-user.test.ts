import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('a user whom an operator removes from a room', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let phone: Caller;
  let bob: Caller;
  const remove = () => world.app.removeUser.execute('alice', 'lobby');

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    phone = await world.connect('alice', 'phone=');
    bob = await world.connect('bob');
    await world.join('lobby', alice, phone, bob);
    await world.join('garden', alice);
    for (const caller of [alice, phone, bob]) world.received(caller);
  });

  it('leaves it with every device, and the others are told once', async () => {
    expect(await remove()).toEqual({ connections: 2 });

    const notice = {
      type: 'presence',
      room: 'lobby',
      joined: [],
      left: ['alice'],
      digest: expect.any(Number),
    };
    expect(world.received(bob)).toEqual([notice]);
    for (const device of [alice, phone])
      await expect(world.publish(device, 'lobby', 1)).rejects.toMatchObject({ code: 'not_a_member' });
    await world.publish(bob, 'lobby', 'without her');
    expect(world.received(alice, 'message')).toEqual([]);
  });

  it('stays in other rooms, and connected', async () => {
    await remove();

    await world.publish(alice, 'garden', 1);
    await world.send(bob, 'alice', 2);
    expect(world.received(alice, 'message')).toMatchObject([{ room: 'garden' }, { room: '@alice' }]);
  });

  it('can join again, and is removed again', async () => {
    await remove();
    await world.join('lobby', alice);

    expect(await world.presence(bob, 'lobby')).toMatchObject({
      members: expect.arrayContaining(['alice', 'bob']),
    });
    expect(await remove()).toEqual({ connections: 1 });
    expect(await remove()).toEqual({ connections: 0 });
  });
});
