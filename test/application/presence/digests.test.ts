import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Members } from '../../../protocol/actions.js';
import { hashOf, type RosterEntry, rosterDigest } from '../../../protocol/roster-digest.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { asSent, InMemoryWorld } from '../../support/worlds/in-memory-world.js';

/** Computed like a client does, from the shown roster. */
const digestOf = ({ members, states = [] }: Members): number =>
  rosterDigest(
    members.map((user): RosterEntry => {
      const said = states.find((one) => one.user === user);
      return said ? [user, said.counter, hashOf(JSON.stringify(said.state))] : [user];
    }),
  );

describe('the digest of a roster', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  const roster = async () => digestOf(asSent(await world.presence(alice, 'lobby')) as Members);
  const last = () => world.received(alice, 'presence').at(-1)?.digest;
  const set = (caller: Caller, state: unknown, counter: number) =>
    world.app.setState.execute(caller, {
      action: 'state',
      room: 'lobby',
      state: JsonText.of(state),
      counter,
    });
  const ping = (caller: Caller, digest: number, room = 'lobby') =>
    world.app.ping.execute(caller, { action: 'ping', digests: [{ room, digest }] });

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    await world.join('lobby', alice);
  });

  it('comes with each notice, and fits what the server shows', async () => {
    const seen: unknown[] = [];
    const phone = await world.connect('bob', 'phone=');
    const steps = [
      () => world.join('lobby', bob),
      () => world.join('lobby', phone),
      () => set(bob, { 'ä 🙂': [1, 1e21, null], __proto__: 1 }, 1),
      () => set(phone, 'walking', 2),
      () => world.app.leaveRoom.execute(phone, { action: 'leave', room: 'lobby' }),
      () => world.app.disconnect.execute('bob='),
    ];
    for (const step of steps) {
      await step();
      const digest = last();
      if (digest !== undefined) expect(digest).toBe(await roster());
      seen.push(digest);
    }

    // The second device causes no notice, and in the end the first state is shown again.
    expect(seen.map((digest) => digest === undefined)).toEqual([false, true, false, false, false, false]);
    expect(new Set(seen).size).toBe(5);
  });

  it('is in the reply to a state, and in each resumed room of a hello', async () => {
    await world.join('lobby', bob);

    expect(await set(bob, 'here', 1)).toEqual({ room: 'lobby', digest: await roster() });
    const { epoch, offset } = await world.history(alice, 'lobby');
    const carol = await world.connect('alice', 'again=');
    const resume = [{ room: 'lobby', epoch, offset }];
    const { rooms } = await world.app.hello.execute(carol, { action: 'hello', resume });

    expect(rooms.find(({ room }) => room === 'lobby')).toMatchObject({ digest: await roster() });
    expect(rooms.find(({ room }) => room === '*')).not.toHaveProperty('digest');
  });

  it('in a ping names the rooms whose roster differs', async () => {
    const known = await roster();
    expect(await ping(alice, known)).toEqual({ heads: {}, stale: [] });

    await world.join('lobby', bob);

    expect(await ping(alice, known)).toEqual({ heads: {}, stale: ['lobby'] });
    expect(await ping(alice, await roster())).toEqual({ heads: {}, stale: [] });
  });

  it('in a ping tells nothing to a stranger, or to a member without `presence`', async () => {
    await expect(ping(bob, 1)).rejects.toMatchObject({ code: 'not_a_member' });
    await world.join('lobby', bob);
    const blind = { ...bob, granted: { ...bob.granted, presence: [] } };

    expect(await ping(blind, 1)).toEqual({ heads: {}, stale: [] });
    const { rooms } = await world.app.hello.execute(blind, {
      action: 'hello',
      resume: [{ room: 'lobby', epoch: 'x', offset: 0 }],
    });
    expect(rooms.find(({ room }) => room === 'lobby')).toMatchObject({ recovered: expect.any(Boolean) });
    expect(rooms.find(({ room }) => room === 'lobby')).not.toHaveProperty('digest');
  });

  it('is 32 bits of FNV-1a, in any order', () => {
    expect(hashOf('')).toBe(0x811c9dc5);
    expect(hashOf('a')).toBe(0xe40c292c);
    expect(hashOf('foobar')).toBe(0xbf9cf968);
    expect(rosterDigest([['a'], ['b', 1, 2]])).toBe(rosterDigest([['b', 1, 2], ['a']]));
    expect(rosterDigest([])).toBe(0);
    expect(rosterDigest([['a']])).toBe(hashOf('["a"]'));
  });
});
