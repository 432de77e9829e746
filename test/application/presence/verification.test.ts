import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { PROBES_PER_VERIFICATION } from '../../../src/domain/limits/verification-limit.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('presence with `verify`', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  const verify = async (caller = alice, room = 'lobby') =>
    world.app.readPresence.execute(caller, { action: 'presence', room, verify: true });
  const enter = async (...names: string[]) => {
    for (const name of names) await world.join('lobby', await world.connect(name));
  };

  beforeEach(async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    alice = await world.connect('alice');
    await world.join('lobby', alice);
  });

  it('removes members that are gone, and tells the others', async () => {
    await enter('bob', 'carol');
    world.received(alice);
    await world.clients.close('bob=');
    expect((await world.presence(alice, 'lobby')).members).toEqual(['alice', 'bob', 'carol']);

    expect((await verify()).members).toEqual(['alice', 'carol']);

    expect(world.received(alice, 'presence')).toMatchObject([{ left: ['bob'] }]);
    expect((await world.presence(alice, '*')).members).toEqual(['alice', 'carol']);
  });

  it(`asks about at most ${PROBES_PER_VERIFICATION} connections, and in the end about each`, async () => {
    const names = Array.from({ length: 60 }, (_, n) => `user-${n}`);
    await enter(...names);
    for (const name of names) await world.clients.close(`${name}=`);
    world.clock.advance(60_000);

    let left = 60;
    for (let n = 0; n < 3; n += 1) {
      world.clients.probes = 0;
      left = (await verify()).members.length - 1;
      expect(world.clients.probes).toBe(PROBES_PER_VERIFICATION);
      world.clock.advance(10_000);
    }
    expect(left).toBe(0);
  });

  it('asks once in ten seconds for a room, and has no effect in between', async () => {
    await enter('bob', 'carol');
    await verify();
    world.clients.probes = 0;
    await world.clients.close('bob=');

    world.clock.advance(9_000);
    expect((await verify()).members).toContain('bob');
    expect(world.clients.probes).toBe(0);

    world.clock.advance(1_000);
    expect((await verify()).members).toEqual(['alice', 'carol']);
  });

  it('asks nothing without `verify`, or for a caller without `presence`', async () => {
    await enter('bob');
    const mallory = await world.connect('mallory');

    await world.presence(alice, 'lobby');
    await expect(verify(mallory)).rejects.toMatchObject({ code: 'not_a_member' });
    await world.join('lobby', mallory);
    const blind = { ...mallory, granted: { ...mallory.granted, presence: [] } };
    await expect(verify(blind)).rejects.toMatchObject({ code: 'forbidden' });

    expect(world.clients.probes).toBe(0);
  });

  it('does not treat a connection in `*` as gone that may still be opening', async () => {
    await world.app.connect.execute(world.caller('opening'));

    expect((await verify(alice, '*')).members).toContain('opening');
    world.clock.advance(60_000);
    expect((await verify(alice, '*')).members).not.toContain('opening');
  });
});
