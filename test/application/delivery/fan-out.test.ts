import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('fan-out', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  let carol: Caller;

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    carol = await world.connect('carol');
  });

  it('forgets a gone connection in all its rooms, and still reaches the rest', async () => {
    await world.join('lobby', alice, bob, carol);
    await world.join('team', bob, carol);
    await world.clients.close('bob=');

    const { tally } = await world.publish(alice, 'lobby', 'x');

    expect(tally).toEqual({ delivered: 2, gone: 1, failed: 0, expired: 0 });
    expect(world.received(carol, 'message')).toHaveLength(1);
    expect((await world.presence(carol, 'team')).members).toEqual(['carol']);
    expect((await world.presence(carol, '*')).members).toEqual(['alice', 'carol']);
    expect((await world.publish(alice, 'lobby', 'y')).tally).toEqual({
      delivered: 2,
      gone: 0,
      failed: 0,
      expired: 0,
    });
    await expect(world.app.hello.execute(bob, { action: 'hello' })).rejects.toMatchObject({
      code: 'session_unknown',
    });
  });

  it('forgets the remaining rows of a connection whose own row is already gone', async () => {
    await world.join('lobby', alice);
    const ghost = { ...alice, connectionId: 'ghost=' };
    await world.app.connect.execute(ghost);
    await world.join('lobby', ghost);
    await world.clients.close('ghost=');
    world.clock.advance(10_000);

    await world.broadcast(bob, 'x');
    expect((await world.broadcast(bob, 'y')).tally).toEqual({ delivered: 3, gone: 0, failed: 0, expired: 0 });
    expect((await world.publish(alice, 'lobby', 'z')).tally).toEqual({
      delivered: 1,
      gone: 0,
      failed: 0,
      expired: 0,
    });
  });

  it('sends nothing to a member whose token has expired', async () => {
    const tokenExpiresAt = world.clock.now() + 60_000;
    const dave = { ...world.caller('dave'), tokenExpiresAt };
    world.clients.open('dave=');
    await world.app.connect.execute(dave);
    await world.join('lobby', alice, dave);
    world.clock.advance(60_000);

    expect((await world.publish(alice, 'lobby', 'secret')).tally).toMatchObject({ delivered: 1, expired: 1 });
    expect(world.received(dave, 'message')).toEqual([]);
  });

  it('counts failures, forgets no connection because of them, and reaches the rest', async () => {
    await world.join('lobby', alice, bob, carol);
    world.clients.behaviour = (id) => (id === 'bob=' ? 'failed' : undefined);

    const { ack, tally } = await world.publish(alice, 'lobby', 'x');

    expect(ack.offset).toBe(1);
    expect(tally).toEqual({ delivered: 2, gone: 0, failed: 1, expired: 0 });
    expect((await world.presence(alice, 'lobby')).members).toEqual(['alice', 'bob', 'carol']);
  });

  it('never rejects a publication that is durable, whatever happens to the pushes', async () => {
    await world.join('lobby', alice);
    world.clients.behaviour = () => Promise.reject(new Error('no way'));

    const { ack, deliveryError } = await world.publish(alice, 'lobby', 'x');

    expect(ack.offset).toBe(1);
    expect(deliveryError).toEqual(new Error('no way'));
  });

  it('reaches members who joined after the publication was sent on its way, or they read it', async () => {
    await world.join('lobby', alice);
    const publishing = world.publish(alice, 'lobby', 'x');
    const joining = world.app.joinRoom.execute(bob, { action: 'join', room: 'lobby' });

    const [{ ack }, joined] = await Promise.all([publishing, joining]);

    const pushed = world.received(bob, 'message').length;
    expect(pushed === 1 || joined.offset === ack.offset).toBe(true);
  });

  describe('to a connection that may still be opening', () => {
    let opening: Caller;
    beforeEach(async () => {
      opening = world.caller('dave');
      await world.app.connect.execute(opening);
    });

    it('tries three times and then leaves it, without forgetting it', async () => {
      expect((await world.broadcast(alice, 'x')).tally).toEqual({
        delivered: 3,
        gone: 0,
        failed: 1,
        expired: 0,
      });

      expect(world.clients.tries.get('dave=')).toBe(3);
      world.clients.open('dave=');
      expect((await world.broadcast(alice, 'y')).tally).toEqual({
        delivered: 4,
        gone: 0,
        failed: 0,
        expired: 0,
      });
    });

    it('delivers when it opens in the meantime, in its inbox as well', async () => {
      let tries = 0;
      world.clients.behaviour = (id) => {
        if (id === 'dave=' && ++tries === 3) world.clients.open('dave=');
        return undefined;
      };

      expect((await world.send(alice, 'dave', 'x')).tally).toEqual({
        delivered: 1,
        gone: 0,
        failed: 0,
        expired: 0,
      });
      expect(world.received(opening)).toMatchObject([{ data: 'x' }]);
    });

    it('forgets it once it is 10 s old', async () => {
      world.clock.advance(9_000);
      expect((await world.send(alice, 'dave', 'x')).tally).toMatchObject({ failed: 1 });
      world.clock.advance(1_000);
      expect((await world.send(alice, 'dave', 'x')).tally).toMatchObject({ gone: 1 });
      expect((await world.send(alice, 'dave', 'x')).tally).toEqual({
        delivered: 0,
        gone: 0,
        failed: 0,
        expired: 0,
      });
    });

    it.each([
      ['hours ahead of', 7_200_000],
      ['hours behind', -7_200_000],
    ])('uses the platform’s clock when its own clock is %s it', async (_, aheadMs) => {
      world.clients.now = () => world.clock.now() - aheadMs;
      world.clock.advance(aheadMs + 9_000);
      expect((await world.send(alice, 'dave', 'x')).tally).toMatchObject({ failed: 1 });
      world.clock.advance(1_000);
      expect((await world.send(alice, 'dave', 'x')).tally).toMatchObject({ gone: 1 });
    });

    it('forgets at once one that joined a room: it has sent a frame', async () => {
      await world.join('lobby', alice, opening);

      expect((await world.publish(alice, 'lobby', 'x')).tally).toMatchObject({ delivered: 1, gone: 1 });
      expect(world.clients.tries.get('dave=')).toBe(1);
    });
  });
});
