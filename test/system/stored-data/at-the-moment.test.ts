import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isJoinable } from '../../../src/domain/room.js';
import { StoredWorld } from './stored-world.js';
import { readWritten, type StoredConnection } from './written.js';

const { moment, rooms, away, outdated, keys, open, tokens } = readWritten();

const everyone = Object.values(open);

describe('Data of an earlier version, at the moment it was written', () => {
  let world: StoredWorld;
  beforeEach(async () => {
    world = await StoredWorld.open(moment);
  });
  afterEach(() => world.close());

  const members = async (asking: StoredConnection, room: string) =>
    ((await world.ask(asking, 'presence', { room })).members as string[]).toSorted();

  it.each(Object.entries(rooms))('the history of %s is unchanged', async (room, stored) => {
    const inside = everyone.find((one) => one.rooms.includes(room) || room === `@${one.userId}`);
    const reader = inside ?? (await world.connect(room === '*' ? 'bob' : room.slice(1)));

    const reply = await world.ask(reader, 'history', { room, limit: 100 });

    expect(reply).toEqual({ type: 'ack', room, ...stored, more: false, recovered: true });
  });

  it('hello brings a returning client exactly the missed messages', async () => {
    const client = await world.connect(away.userId);

    const reply = await world.ask(client, 'hello', { resume: away.cursors });

    const missed = away.cursors.map(({ room, offset }) => ({
      room,
      ...rooms[room],
      items: rooms[room]?.items.filter((item) => item.offset > offset),
      more: false,
      recovered: true,
      ...(isJoinable(room) && { digest: expect.any(Number) }),
    }));
    expect(reply.rooms).toEqual(missed);
  });

  it('join brings them too', async () => {
    const client = await world.connect(away.userId);
    const { room, epoch, offset } = keys.used;

    const reply = await world.ask(client, 'join', { room, since: { epoch, offset } });

    expect(reply).toMatchObject({ recovered: true, items: rooms[room]?.items.slice(offset) });
  });

  it('a cursor older than the retention is refused with its reason', async () => {
    const client = await world.connect('zoe');

    const reply = await world.ask(client, 'hello', {
      resume: outdated.map(({ room, epoch, offset }) => ({ room, epoch, offset })),
    });

    // It was at the end of a room that has only been read since: no reader ends an epoch any more.
    const isAtTheEnd = ({ room }: { room: string }) => room === 'cellar';
    for (const { room, reason } of outdated.filter((one) => !isAtTheEnd(one)))
      expect(reply.rooms).toContainEqual(
        expect.objectContaining({ room, recovered: false, reason, items: [] }),
      );
    for (const { room, epoch, offset } of outdated.filter(isAtTheEnd))
      expect(reply.rooms).toContainEqual({
        ...{ room, epoch, offset, recovered: true, items: [], more: false },
        digest: expect.any(Number),
      });
  });

  it('a used key stands for the same publication, from every device', async () => {
    const { room, epoch, offset, key, data } = keys.used;

    for (const device of [open.alice, open.tablet]) {
      const reply = await world.ask(device, 'publish', { room, key, data });

      expect(reply).toEqual({ type: 'ack', room, epoch, offset, repeated: true });
    }
    expect(await world.ask(open.carol, 'history', { room })).toMatchObject({ offset: rooms[room]?.offset });
  });

  it('a used key conflicts with other data', async () => {
    const { room, key } = keys.used;

    const reply = await world.ask(open.alice, 'publish', { room, key, data: 'other' });

    expect(reply).toMatchObject({ type: 'error', code: 'idempotency_conflict' });
  });

  it('a key is free again after its 24 hours, although its publication can still be read', async () => {
    const { room, epoch, key } = keys.expired;

    const reply = await world.ask(open.alice, 'publish', { room, key, data: 'other' });

    expect(reply).toEqual({ type: 'ack', room, epoch, offset: Number(rooms[room]?.offset) + 1 });
  });

  it('open connections are in their rooms, expired ones are not', async () => {
    // Erin's token has expired, and nothing was pushed to her since.
    expect(await members(open.alice, '*')).toEqual(['alice', 'carol', 'dave', 'erin']);
    expect(await members(open.alice, 'lobby')).toEqual(['alice', 'carol']);
    expect(await members(open.alice, 'attic')).toEqual(['alice']);
    expect(await members(open.carol, '@carol')).toEqual(['carol']);
  });

  it('a room continues its numbering, and all its open connections get the message', async () => {
    const { epoch, offset = 0 } = rooms.lobby ?? {};

    const reply = await world.ask(open.carol, 'publish', { room: 'lobby', data: 'next' });

    const place = { room: 'lobby', epoch, offset: offset + 1 };
    expect(reply).toEqual({ type: 'ack', ...place });
    for (const member of [open.alice, open.tablet, open.carol])
      expect(world.pushed(member)).toEqual([
        expect.objectContaining({ type: 'message', ...place, data: 'next' }),
      ]);
    expect(world.pushed(open.dave)).toEqual([]);
  });

  it('a broadcast reaches the connections that were open then, and later ones', async () => {
    const newcomer = await world.connect('newcomer');

    const reply = await world.ask(newcomer, 'broadcast', { data: 'to everyone' });

    for (const member of [open.alice, open.tablet, open.carol, open.dave, newcomer])
      expect(world.pushed(member)).toEqual([
        expect.objectContaining({ type: 'message', room: '*', offset: reply.offset, data: 'to everyone' }),
      ]);
  });

  it('a connection that is gone is found by a push and forgotten in all its rooms', async () => {
    world.cut(open.carol);

    await world.ask(open.alice, 'publish', { room: 'lobby', data: 'hi' });

    expect(await members(open.alice, 'lobby')).toEqual(['alice']);
    expect(await members(open.alice, '*')).toEqual(['alice', 'dave', 'erin']);
  });

  it('a session still permits what its token granted, and no more', async () => {
    expect(await world.ask(open.dave, 'publish', { room: 'team:42', data: 'hi' })).toMatchObject({
      offset: 2,
    });
    expect(await world.ask(open.dave, 'presence', { room: 'team:42' })).toMatchObject({ code: 'forbidden' });
    expect(await world.ask(open.dave, 'broadcast', { data: 'hi' })).toMatchObject({ code: 'forbidden' });
  });

  it('a member without `presence` is not told of a newcomer', async () => {
    await world.ask(await world.connect('newcomer'), 'join', { room: 'team:42' });
    await world.ask(await world.connect('visitor'), 'join', { room: 'lobby' });

    expect(world.pushed(open.dave)).toEqual([]);
    expect(world.pushed(open.carol)).toEqual([expect.objectContaining({ joined: ['visitor'] })]);
  });

  it('a session whose token has expired ends with its next frame', async () => {
    await world.ask(open.erin, 'ping');

    expect(world.pushed(open.erin)).toEqual([expect.objectContaining({ code: 'token_expired' })]);
  });

  it('a token for single use stays used', async () => {
    expect(await world.ask(open.dave, 'refresh', { token: tokens.used })).toMatchObject({
      code: 'unauthenticated',
    });
    expect(await world.ask(open.dave, 'refresh', { token: tokens.unused })).toMatchObject({ type: 'ack' });
  });
});
