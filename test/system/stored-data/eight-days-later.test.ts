import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoredWorld } from './stored-world.js';
import { readWritten } from './written.js';

const { moment, rooms, away, keys, open } = readWritten();
const EIGHT_DAYS_MS = 8 * 24 * 3_600_000;

describe('Data of an earlier version, eight days later', () => {
  let world: StoredWorld;
  beforeEach(async () => {
    world = await StoredWorld.open(moment + EIGHT_DAYS_MS);
  });
  afterEach(() => world.close());

  it.each(Object.entries(rooms))('%s has its place, and no history', async (room, { epoch, offset }) => {
    const client = await world.connect(room.startsWith('@') ? room.slice(1) : 'alice');
    if (/^\w/.test(room)) await world.ask(client, 'join', { room });

    const reply = await world.ask(client, 'history', { room });

    expect(reply).toEqual({ type: 'ack', room, epoch, offset, items: [], more: false, recovered: true });
  });

  it('cursors are told that they are too old', async () => {
    const client = await world.connect(away.userId);

    const reply = await world.ask(client, 'hello', { resume: away.cursors });

    expect(reply.rooms).toEqual(
      away.cursors.map(({ room }) =>
        expect.objectContaining({ room, items: [], recovered: false, reason: 'too_old' }),
      ),
    );
  });

  it('members that were there have expired', async () => {
    const client = await world.connect('newcomer');

    expect(await world.ask(client, 'presence', { room: '*' })).toMatchObject({ members: ['newcomer'] });
    for (const room of ['lobby', 'attic', 'team:42', 'renewed'])
      expect(await world.ask(client, 'join', { room })).toMatchObject({ members: ['newcomer'] });
  });

  it('a connection that was open is no longer known, and gets nothing', async () => {
    expect(await world.ask(open.carol, 'join', { room: 'lobby' })).toMatchObject({ code: 'session_unknown' });
    expect(await world.ask(open.alice, 'history', { room: 'lobby' })).toMatchObject({
      code: 'session_unknown',
    });
    expect(await world.ask(open.dave, 'ping')).toMatchObject({ code: 'session_unknown' });

    await world.ask(await world.connect('newcomer'), 'broadcast', { data: 'hi' });

    expect(Object.values(open).flatMap((connection) => world.pushed(connection))).toEqual([]);
  });

  it.each(Object.values(keys))('the key $key can be used for something else', async ({ room, key, from }) => {
    const client = await world.connect(from);
    await world.ask(client, 'join', { room });

    const reply = await world.ask(client, 'publish', { room, key, data: 'other' });

    const { epoch, offset = 0 } = rooms[room] ?? {};
    expect(reply).toEqual({ type: 'ack', room, epoch, offset: offset + 1 });
    expect(await world.ask(client, 'history', { room })).toMatchObject({ items: [{ data: 'other' }] });
  });
});
