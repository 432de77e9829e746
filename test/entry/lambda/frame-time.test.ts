import { describe, expect, it } from '@jest/globals';
import type { Identity } from '../../../src/domain/access/identity.js';
import { DistantWorld } from '../../support/worlds/distant-world.js';

const NEAR_MS = 10;

describe('a frame that takes too long', () => {
  const slow: Record<string, number> = {};
  const open = async (): Promise<{ world: DistantWorld; alice: Identity }> => {
    for (const operation of Object.keys(slow)) delete slow[operation];
    const world = new DistantWorld(
      (operation, pk) =>
        slow[operation] ?? (pk.endsWith('lobby') ? slow[`${operation} of lobby`] : undefined) ?? NEAR_MS,
    );
    const alice = world.identity('alice');
    await world.connect(alice);
    await world.send(alice, { action: 'join', room: 'lobby' });
    await world.send(alice, { action: 'publish', room: 'lobby', data: 'before' });
    world.pushed(alice, 'message');
    world.operations.length = 0;
    return { world, alice };
  };
  /** Waits until all pending work has ended. */
  const later = (world: DistantWorld) => world.tripsOf(() => world.scheduler.sleep(60_000));
  const stored = (world: DistantWorld) =>
    world.messages.keys('LOG#lobby').filter((sk) => sk.includes('#')).length;

  it.each([
    ['the claim', 'put CLAIM', { key: 'key' }],
    ['the frame’s limit', 'update RATE', {}],
    ['the room’s limit', 'update RATE of lobby', {}],
    ['the head', 'query LOG', {}],
    ['the membership', 'get ROOM', {}],
  ])('publishes nothing, even later, when %s takes 13 s', async (_, operation, fields) => {
    const { world, alice } = await open();
    slow[operation] = 13_000;
    const startedAt = world.scheduler.now;

    const { reply } = await world.send(alice, { action: 'publish', room: 'lobby', data: 'x', ...fields });

    expect(reply).toMatchObject({ type: 'error', code: 'timeout', retryable: true });
    expect(world.scheduler.now - startedAt).toBe(12_000);
    await later(world);
    expect(stored(world)).toBe(1);
    expect(world.operations).not.toContain('put LOG');
    expect(world.pushed(alice, 'message')).toEqual([]);
  });

  it('is answered with its ack when it is taking the slot at that moment, and is handed over', async () => {
    const { world, alice } = await open();
    slow['put LOG'] = 12_500;

    const { reply } = await world.send(alice, { action: 'publish', room: 'lobby', data: 'x' });

    expect(reply).toMatchObject({ type: 'ack', room: 'lobby', offset: 2 });
    expect(stored(world)).toBe(2);
    expect(world.operations).toContain('update LOG');
  });

  it('takes no other slot if that one is already taken', async () => {
    const { world, alice } = await open();
    slow['put LOG'] = 12_500;
    const sending = world.send(alice, { action: 'publish', room: 'lobby', data: 'x' });
    world.scheduler.after(1_000, () => {
      const row = world.messages.get({ pk: 'LOG#lobby', sk: world.messages.keys('LOG#lobby')[0] ?? '' });
      const sk = `${row?.sk.slice(0, -1)}2`;
      if (row) world.messages.put({ ...row, sk, id: 'of another writer' });
    });

    const { reply } = await sending;

    expect(reply).toMatchObject({ type: 'error', code: 'timeout' });
    await later(world);
    expect(stored(world)).toBe(2);
  });

  it('adds no member later, and reads nothing more', async () => {
    const { world, alice } = await open();
    slow['get CONNECTION'] = 13_000;

    const { reply } = await world.send(alice, { action: 'join', room: 'den' });

    expect(reply).toMatchObject({ type: 'error', code: 'timeout' });
    await later(world);
    expect(world.operations).toEqual(['update RATE', 'update RATE', 'get CONNECTION']);
    expect(world.connections.keys('ROOM#den')).toEqual([]);
  });

  it('reads no further rows of a history', async () => {
    const { world, alice } = await open();
    slow['query LOG'] = 7_000;

    const { reply } = await world.send(alice, { action: 'history', room: 'lobby' });

    expect(reply).toMatchObject({ type: 'error', code: 'timeout' });
    await later(world);
    expect(world.operations.filter((operation) => operation === 'query LOG')).toHaveLength(2);
  });

  it.each([
    ['presence', { action: 'presence', room: 'lobby' }],
    ['a verified presence', { action: 'presence', room: 'lobby', verify: true }],
    ['ping', { action: 'ping', digests: [{ room: 'lobby', digest: 1 }] }],
    ['state', { action: 'state', room: 'lobby', state: 'late', counter: 2 }],
  ])('reads and writes nothing after a roster that took too long: %s', async (_, frame) => {
    const { world, alice } = await open();
    await world.send(alice, { action: 'state', room: 'lobby', state: 'here', counter: 1 });
    const bob = world.identity('bob');
    await world.connect(bob);
    await world.send(bob, { action: 'join', room: 'lobby' });
    slow['query ROOM'] = 26_000;

    const { reply } = await world.send(alice, frame);

    expect(reply).toMatchObject({ type: 'error', code: 'timeout' });
    world.operations.length = 0;
    await later(world);
    expect(world.operations).toEqual([]);
  });
});
