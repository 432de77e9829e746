import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { ServerWorld } from '../support/server-world.js';

describe('When $disconnect fails', () => {
  let world: ServerWorld;
  let alice: Client;
  beforeEach(async () => {
    world = await ServerWorld.start({ env: { OPENING_MS: '0' } });
    alice = await world.connect('alice');
    await alice.do('join', { room: 'lobby' });
  });
  afterEach(() => world.end());

  const bobJoins = async () => {
    const bob = await world.connect('bob');
    await bob.do('join', { room: 'lobby' });
    return bob;
  };
  const members = async () =>
    [...((await alice.do('presence', { room: 'lobby' })).members as string[])].sort();
  const lefts = () => alice.frames.filter(({ type, left }) => type === 'presence' && String(left) === 'bob');
  const rowsOfBob = async () =>
    (await world.tables.connections()).filter(({ userId, pk }) => userId === 'bob' && !pk.startsWith('RATE'));

  /**
   * Bob joins and vanishes, and the next push finds the connection gone. The notice of the leave is a hint, left out
   * if the pushes took their whole second: on a busy machine, the first time may be too slow.
   */
  const untilBobHasLeft = async (push: () => Promise<unknown>) => {
    world.gateway.faults.disconnect = () => 'drop';
    const before = lefts().length;
    await world.until(async () => {
      const bob = await bobJoins();
      await bob.do('join', { room: 'other' });
      await bob.vanish();
      await world.until(() => world.gateway.connections === 1);
      expect(await members()).toEqual(['alice', 'bob']);

      await push();

      await world.until(async () => (await rowsOfBob()).length === 0);
      await world.settle();
      return lefts().length > before;
    });
    expect(lefts()).toHaveLength(before + 1);
    expect(await members()).toEqual(['alice']);
  };

  it.each([
    ['publish', { room: 'lobby', data: 'anybody?' }],
    ['broadcast', { data: 1 }],
    ['send', { to: 'bob', data: 1 }],
  ])(
    'and never comes, the next %s finds the connection gone: it is forgotten everywhere, and bob has left',
    async (action, fields) => {
      await untilBobHasLeft(() => alice.do(action, fields));
    },
  );

  it('and comes twice, bob leaves once', async () => {
    world.gateway.faults.disconnect = () => 'duplicate';
    const bob = await bobJoins();

    await bob.close();

    await alice.until(() => lefts().length > 0);
    await world.until(async () => (await rowsOfBob()).length === 0);
    await world.settle();
    expect(lefts()).toHaveLength(1);
  });

  it('and comes late, the successor stays a member, receives everything, and bob has never left', async () => {
    // Long enough for the successor to join first, on a machine however busy.
    world.gateway.faults.disconnect = () => ({ delayMs: 4_000 });
    const old = await bobJoins();
    const oldId = (await old.do('hello')).connectionId;
    await old.vanish();
    const successor = await bobJoins();

    await world.until(async () =>
      (await rowsOfBob()).every(({ pk, sk }) => `${pk} ${sk}`.includes(`${oldId}`) === false),
    );
    await alice.do('publish', { room: 'lobby', data: 'hi' });

    await successor.hears('lobby', 'hi');
    await alice.do('send', { to: 'bob', data: 'you' });
    await successor.hears('@bob', 'you');
    await alice.do('broadcast', { data: 'all' });
    await successor.hears('*', 'all');
    expect(await members()).toEqual(['alice', 'bob']);
    expect(lefts()).toEqual([]);
  });

  it('and overtakes joins that are under way, nothing of the connection is left behind', async () => {
    const bob = await world.connect('bob');

    for (let n = 0; n < 15; n += 1) bob.send({ action: 'join', room: `room-${n}` });
    await bob.vanish();

    await world.until(() => world.gateway.connections === 1);
    await world.until(async () => (await rowsOfBob()).length === 0);
    await alice.do('join', { room: 'room-14' });
    expect((await alice.do('presence', { room: 'room-14' })).members).toEqual(['alice']);
  });
});
