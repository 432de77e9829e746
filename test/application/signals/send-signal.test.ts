import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { NO_PERMISSIONS } from '../../../src/domain/access/permissions.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('a signal', () => {
  let world: InMemoryWorld;
  let number = 0;
  const signal = (caller: Caller, to: { room: string } | { to: string }, data: unknown = 'typing') => {
    number += 1;
    const frame = { action: 'signal' as const, ...to, tag: 'tag', number, data: JsonText.of(data) };
    return world.app.sendSignal.execute(caller, frame);
  };
  const signalsOf = (caller: Caller) => world.received(caller, 'signal');
  const fill = async (room: string, members: number) => {
    for (let n = 0; n < members; n += 1) await world.join(room, await world.connect(`user${n}`));
  };
  const LOBBY = { room: 'lobby' };

  beforeEach(() => {
    world = new InMemoryWorld();
    number = 0;
  });

  it('reaches the open members of its room other than the sending connection, and is not kept', async () => {
    const [alice, phone, bob, carol] = [
      await world.connect('alice'),
      await world.connect('alice', 'phone='),
      await world.connect('bob'),
      await world.connect('carol'),
    ];
    await world.join('lobby', alice, phone, bob);
    for (const caller of [alice, phone, bob, carol]) world.received(caller);

    const { tally } = await signal(alice, LOBBY, { x: 1 });

    const pushed = { type: 'signal', room: 'lobby', from: 'alice', tag: 'tag', number: 1, data: { x: 1 } };
    expect(tally).toMatchObject({ delivered: 2 });
    expect([bob, phone, alice, carol].map(signalsOf)).toEqual([[pushed], [pushed], [], []]);
    expect(await world.history(bob, 'lobby')).toMatchObject({ offset: 0, items: [] });
    expect(world.streamed).toEqual([]);
  });

  it('to a user reaches all their devices, and does not tell whether the user exists', async () => {
    const alice = await world.connect('alice');
    const bobs = [await world.connect('bob'), await world.connect('bob', 'phone=')];
    await world.connect('carol');

    expect((await signal(alice, { to: 'bob' })).tally?.delivered).toBe(2);
    expect((await signal(alice, { to: 'unknown-user' })).tally?.delivered).toBe(0);

    for (const bob of bobs)
      expect(signalsOf(bob)).toMatchObject([{ room: '@bob', from: 'alice', data: 'typing' }]);
  });

  it.each([0, 1])('to a user is the same with an inline limit of %i, online or not', async (inlineLimit) => {
    world = new InMemoryWorld(inlineLimit);
    const alice = await world.connect('alice');
    const bobs = [await world.connect('bob'), await world.connect('bob', 'phone=')];

    await expect(signal(alice, { to: 'an-unknown-user' })).resolves.toBeDefined();
    await expect(signal(alice, { to: 'bob' })).resolves.toBeDefined();

    for (const bob of bobs) expect(signalsOf(bob)).toHaveLength(1);
  });

  it('of a stranger is refused as in a room that does not exist, however large the room is', async () => {
    const mallory = await world.connect('mallory');
    await fill('large', 101);
    await fill('small', 2);

    for (const room of ['large', 'small', 'none'])
      await expect(signal(mallory, { room })).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('of a member is refused in a room of more than the inline limit', async () => {
    const alice = await world.connect('alice');
    await world.join('lobby', alice);
    await fill('lobby', 99);
    await expect(signal(alice, LOBBY)).resolves.toMatchObject({ tally: { delivered: 99 } });
    await world.join('lobby', await world.connect('one-more'));

    await expect(signal(alice, LOBBY)).rejects.toMatchObject({ code: 'room_too_large', retryable: false });
  });

  it('needs the permission to signal in a room, and to send to a user', async () => {
    const [alice, bob] = [await world.connect('alice'), await world.connect('bob')];
    await world.join('lobby', alice, bob);
    world.received(bob);
    const may = (granted: object) => ({ ...alice, granted: { ...NO_PERMISSIONS, ...granted } });
    const forbidden = { code: 'forbidden' };

    await expect(signal(may({ send: ['*'], publish: ['*'] }), LOBBY)).rejects.toMatchObject(forbidden);
    await expect(signal(may({ signal: ['*'] }), { to: 'bob' })).rejects.toMatchObject(forbidden);
    expect(signalsOf(bob)).toEqual([]);
    await signal(may({ signal: ['lob*'] }), LOBBY);
    await signal(may({ send: ['bob'] }), { to: 'bob' });
    expect(signalsOf(bob)).toHaveLength(2);
  });

  it('is tried once, whatever the outcome', async () => {
    const [alice, bob] = [await world.connect('alice'), await world.connect('bob')];
    await world.join('lobby', alice, bob);
    world.clients.behaviour = () => 'failed';
    world.clients.tries.clear();

    expect((await signal(alice, LOBBY)).tally).toMatchObject({ failed: 1 });
    expect([...world.clients.tries]).toEqual([['bob=', 1]]);
  });

  it('forgets a member who is gone, but not one who has just connected', async () => {
    const alice = await world.connect('alice');
    const bob = world.caller('bob');
    await world.app.connect.execute(bob);
    await world.join('lobby', alice, bob);
    const members = async () => (await world.presence(alice, 'lobby')).members;

    expect((await signal(alice, LOBBY)).tally).toMatchObject({ gone: 0, failed: 1 });
    expect((await signal(alice, { to: 'bob' })).tally).toMatchObject({ gone: 0, failed: 1 });
    expect(await members()).toEqual(['alice', 'bob']);
    expect(world.clients.tries.get('bob=')).toBe(2);

    world.clock.advance(10_000);
    expect((await signal(alice, LOBBY)).tally).toMatchObject({ gone: 1 });
    expect(await members()).toEqual(['alice']);
  });

  it('costs a room 500 deliveries a second, and an inbox as much for any number of devices', async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    const alice = await world.connect('alice');
    await world.join('lobby', alice);
    await fill('lobby', 10);
    const atOnce = async (to: { room: string } | { to: string }) => {
      for (let sent = 0; sent <= 500; sent += 1)
        try {
          await signal(alice, to);
        } catch (error) {
          expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 20 });
          return sent;
        }
      return undefined;
    };

    expect([await atOnce(LOBBY), await atOnce({ to: 'user1' }), await atOnce({ to: 'none' })]).toEqual([
      50, 50, 50,
    ]);
    world.clock.advance(20);
    await signal(alice, LOBBY);
  });

  it('in a room without others costs nothing', async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    const alice = await world.connect('alice');
    await world.join('lobby', alice);

    for (let sent = 0; sent < 1_000; sent += 1) expect(await signal(alice, LOBBY)).toEqual({});
  });
});
