import { beforeEach, describe, expect, it } from '@jest/globals';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { asSent, InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('joining and leaving', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  const join = async (caller: Caller, room: string, since?: { epoch: string; offset: number }) =>
    asSent(await world.app.joinRoom.execute(caller, { action: 'join', room, ...(since && { since }) }));
  const leave = (caller: Caller, room: string) =>
    world.app.leaveRoom.execute(caller, { action: 'leave', room });
  const ping = (caller: Caller, ...rooms: string[]) =>
    world.app.ping.execute(caller, { action: 'ping', rooms });

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
  });

  it('answers with a cursor and the members, and no earlier publications', async () => {
    await world.join('lobby', alice);
    await world.publish(alice, 'lobby', 'before');

    expect(await join(bob, 'lobby')).toEqual({
      room: 'lobby',
      epoch: expect.any(String),
      offset: 1,
      items: [],
      more: false,
      recovered: true,
      members: ['alice', 'bob'],
    });
  });

  it('answers with the publications since a cursor, or says that it cannot', async () => {
    const { epoch } = await join(alice, 'lobby');
    for (const n of [1, 2, 3]) await world.publish(alice, 'lobby', n);

    const missed = await join(bob, 'lobby', { epoch, offset: 1 });
    expect(missed).toMatchObject({ recovered: true, more: false, items: [{ data: 2 }, { data: 3 }] });
    const lost = await join(bob, 'lobby', { epoch: 'x', offset: 1 });
    expect(lost).toMatchObject({ recovered: false, reason: 'epoch_changed', items: [], epoch, offset: 3 });
    expect((await world.publish(bob, 'lobby', 4)).ack.offset).toBe(4);
  });

  it('stays under 32 KiB with the longest names and missed publications, and makes progress', async () => {
    for (let n = 0; n < 100; n += 1) {
      const name = `${'u'.repeat(125)}${100 + n}`;
      await world.join('l'.repeat(64), await world.connect(name));
    }
    const { epoch } = await join(alice, 'l'.repeat(64));
    for (let n = 0; n < 3; n += 1) await world.publish(alice, 'l'.repeat(64), 'x'.repeat(16_382));

    const reply = await join(alice, 'l'.repeat(64), { epoch, offset: 0 });

    expect(reply.members).toHaveLength(100);
    expect(reply.items).toHaveLength(1);
    expect(reply).toMatchObject({ more: true, truncated: true, recovered: true });
    expect(Buffer.byteLength(JSON.stringify({ type: 'ack', id: 'i'.repeat(64), ...reply }))).toBeLessThan(
      FRAME_BYTES,
    );
  });

  it('is possible in 50 rooms, and again in one of them', async () => {
    for (let n = 0; n < 50; n += 1) await join(alice, `room-${n}`);

    await expect(join(alice, 'one-more')).rejects.toMatchObject({ code: 'room_limit', retryable: false });
    await expect(world.publish(alice, 'one-more', 'x')).rejects.toMatchObject({ code: 'not_a_member' });
    expect(await join(alice, 'room-7')).toMatchObject({ room: 'room-7' });
    expect(await join(bob, 'one-more')).toMatchObject({ members: ['bob'] });
    await leave(alice, 'room-7');
    expect(await join(alice, 'one-more')).toMatchObject({ members: ['alice', 'bob'] });
  });

  it('needs a known connection that has not expired', async () => {
    const unknown = world.caller('unknown');
    await expect(join(unknown, 'lobby')).rejects.toMatchObject({ code: 'session_unknown' });

    world.clock.advance(3 * 3_600_000);
    await expect(join(alice, 'lobby')).rejects.toMatchObject({ code: 'session_unknown' });
    const carol = await world.connect('carol');
    expect(await join(carol, 'lobby')).toMatchObject({ members: ['carol'] });
  });

  it('may leave a room twice, and then gets nothing from it', async () => {
    await world.join('lobby', alice, bob);
    world.received(bob);

    expect(await leave(bob, 'lobby')).toEqual({ room: 'lobby' });
    expect(await leave(bob, 'lobby')).toEqual({ room: 'lobby' });
    expect(await leave(bob, 'never-joined')).toEqual({ room: 'never-joined' });
    await world.publish(alice, 'lobby', 'secret');

    expect(world.received(bob)).toEqual([]);
    for (const reading of [world.history(bob, 'lobby'), world.presence(bob, 'lobby'), ping(bob, 'lobby')])
      await expect(reading).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('shows the heads of joined rooms only', async () => {
    await world.join('lobby', alice);
    const { ack } = await world.publish(alice, 'lobby', 'x');

    expect(await ping(alice)).toEqual({ heads: {} });
    expect(await ping(alice, 'lobby', '*', '@alice', 'lobby')).toEqual({
      heads: {
        lobby: { epoch: ack.epoch, offset: 1 },
        '*': { epoch: expect.any(String), offset: 0 },
        '@alice': { epoch: expect.any(String), offset: 0 },
      },
    });
    for (const room of ['@bob', 'constructor', 'nowhere'])
      await expect(ping(alice, '*', room)).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('applies a late or repeated disconnect only to the connection that it names', async () => {
    await world.join('lobby', alice);
    const successor = await world.connect('alice', 'successor=');
    await world.join('lobby', successor);

    for (let n = 0; n < 2; n += 1) await world.app.disconnect.execute('alice=');

    expect((await world.presence(successor, 'lobby')).members).toEqual(['alice']);
    expect((await world.publish(successor, 'lobby', 'x')).tally).toEqual({
      delivered: 1,
      gone: 0,
      failed: 0,
      expired: 0,
    });
    expect((await world.broadcast(bob, 'x')).tally?.delivered).toBe(2);
  });
});
