import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('a publication', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  let phone: Caller;

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    phone = await world.connect('bob', 'phone=');
  });

  it('reaches every open connection when it is a broadcast, the sender’s too', async () => {
    const { ack, tally } = await world.broadcast(alice, 'Tervehdys kaikille!');

    expect(ack).toEqual({ room: '*', epoch: expect.any(String), offset: 1 });
    expect(tally).toEqual({ delivered: 3, gone: 0, failed: 0, expired: 0 });
    for (const caller of [alice, bob, phone])
      expect(world.received(caller)).toEqual([
        {
          type: 'message',
          room: '*',
          epoch: ack.epoch,
          offset: 1,
          id: expect.any(String),
          from: 'alice',
          at: world.clock.now(),
          data: 'Tervehdys kaikille!',
        },
      ]);
  });

  it('reaches every device of its recipient, and no other client', async () => {
    const { ack } = await world.send(alice, 'bob', { hi: 1 });

    expect(ack).toEqual({ room: '@bob', epoch: expect.any(String), offset: 1 });
    for (const device of [bob, phone])
      expect(world.received(device)).toMatchObject([{ room: '@bob', from: 'alice', data: { hi: 1 } }]);
    expect(world.received(alice)).toEqual([]);
  });

  it('waits for a user who is offline, and is given to them alone', async () => {
    await world.send(alice, 'carol', 'for you');
    await expect(world.history(alice, '@carol')).rejects.toMatchObject({ code: 'not_a_member' });

    const carol = await world.connect('carol');
    expect((await world.history(carol, '@carol')).items).toMatchObject([{ from: 'alice', data: 'for you' }]);
  });

  it('answers alike for users who are offline and users who do not exist', async () => {
    await world.app.disconnect.execute('bob=');
    await world.app.disconnect.execute('phone=');

    const toBob = await world.send(alice, 'bob', 1);
    const toUnknown = await world.send(alice, 'stranger', 1);

    expect(Object.keys(toUnknown.ack)).toEqual(Object.keys(toBob.ack));
    expect(toUnknown.tally).toEqual(toBob.tally);
  });

  it('reaches only the members of a room', async () => {
    await world.join('lobby', alice, bob);
    world.received(alice);
    const { ack } = await world.publish(bob, 'lobby', 'hello');

    expect(ack).toEqual({ room: 'lobby', epoch: expect.any(String), offset: 1 });
    for (const member of [alice, bob])
      expect(world.received(member, 'message')).toMatchObject([{ room: 'lobby', offset: 1, data: 'hello' }]);
    expect(world.received(phone)).toEqual([]);
  });

  it('has the sender that the authorizer established, in the order of its offsets', async () => {
    await world.join('lobby', alice);
    for (const n of [1, 2, 3]) await world.publish(alice, 'lobby', n);

    expect(world.received(alice, 'message')).toMatchObject(
      [1, 2, 3].map((n) => ({ offset: n, data: n, from: 'alice' })),
    );
  });

  it('is pushed again when its key is repeated, and stays one publication', async () => {
    await world.join('lobby', alice, bob);
    world.received(bob);
    const first = await world.publish(alice, 'lobby', 'once', 'key');
    const again = await world.publish(alice, 'lobby', 'once', 'key');

    expect(again.ack).toEqual({ ...first.ack, repeated: true });
    const frames = world.received(bob, 'message');
    expect(frames).toHaveLength(2);
    expect(frames[0]).toEqual(frames[1]);
    expect((await world.history(bob, 'lobby')).items).toHaveLength(1);
  });

  it('is refused if the key was used for other data, and reaches no client', async () => {
    await world.join('lobby', alice, bob);
    await world.publish(alice, 'lobby', 'once', 'key');
    world.received(bob);

    await expect(world.publish(alice, 'lobby', 'other', 'key')).rejects.toMatchObject({
      code: 'idempotency_conflict',
      retryable: false,
    });
    expect(world.received(bob)).toEqual([]);
  });

  it('is refused from a user who is not in the room, has left, or whose membership has expired', async () => {
    await world.join('lobby', alice, bob);
    await world.app.leaveRoom.execute(alice, { action: 'leave', room: 'lobby' });
    world.received(bob);

    for (const stranger of [alice, phone])
      await expect(world.publish(stranger, 'lobby', 'x')).rejects.toMatchObject({ code: 'not_a_member' });
    world.clock.advance(3 * 3_600_000);
    await expect(world.publish(bob, 'lobby', 'x')).rejects.toMatchObject({ code: 'not_a_member' });
    expect(world.received(bob)).toEqual([]);
  });

  it('is refused from another user on a member’s connection id', async () => {
    await world.join('lobby', alice);
    const forged = { ...alice, userId: 'mallory' };

    await expect(world.publish(forged, 'lobby', 'x')).rejects.toMatchObject({ code: 'not_a_member' });
    await expect(world.history(forged, 'lobby')).rejects.toMatchObject({ code: 'not_a_member' });
  });
});
