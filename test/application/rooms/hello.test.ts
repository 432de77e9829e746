import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RoomCursor } from '../../../protocol/cursor.js';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { asSent, InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('hello', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  const hello = async (caller: Caller, resume?: RoomCursor[]) =>
    asSent(await world.app.hello.execute(caller, { action: 'hello', ...(resume && { resume }) }));
  const cursorIn = async (room: string): Promise<RoomCursor> => {
    const { epoch, offset } = await world.app.joinRoom.execute(bob, { action: 'join', room });
    return { room, epoch, offset };
  };

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
  });

  it('introduces the connection and shows its two open rooms', async () => {
    await world.broadcast(bob, 'x');

    expect(await hello(alice)).toEqual({
      connectionId: 'alice=',
      userId: 'alice',
      limits: { frameBytes: 32_768, dataBytes: 16_384, rooms: 50, historyItems: 100 },
      rooms: [
        { room: '*', epoch: expect.any(String), offset: 1, items: [], more: false, recovered: true },
        { room: '@alice', epoch: expect.any(String), offset: 0, items: [], more: false, recovered: true },
      ],
    });
  });

  it('resumes the user’s rooms with the missed publications', async () => {
    const lobby = await cursorIn('lobby');
    await world.join('lobby', alice);
    const { rooms: before } = await hello(alice);
    await world.app.disconnect.execute('alice=');
    for (const n of [1, 2]) await world.publish(bob, 'lobby', n);
    await world.send(bob, 'alice', 'while you were away');
    world.received(bob);

    const again = await world.connect('alice', 'again=');
    const cursors = before.map(({ room, ...cursor }) => ({ room, ...cursor }) as RoomCursor);
    const { rooms } = await hello(again, [lobby, ...cursors]);

    expect(rooms).toMatchObject([
      { room: '*', items: [], recovered: true },
      { room: '@alice', items: [{ data: 'while you were away' }], recovered: true, more: false },
      { room: 'lobby', items: [{ data: 1 }, { data: 2 }], recovered: true, more: false },
    ]);
    expect(world.received(bob)).toMatchObject([{ type: 'presence', joined: ['alice'] }]);
    await world.publish(bob, 'lobby', 3);
    expect(world.received(again, 'message')).toMatchObject([{ data: 3 }]);
  });

  it('answers each room separately, with its error if there is one', async () => {
    const lobby = await cursorIn('lobby');
    await world.send(alice, 'bob', 'secret');

    const { rooms } = await hello(alice, [
      { ...lobby, room: '@bob', offset: 0 },
      { ...lobby, offset: 9 },
      { ...lobby, room: 'team', epoch: 'x' },
    ]);

    expect(rooms.slice(2)).toEqual([
      { room: '@bob', error: { code: 'not_a_member', message: expect.any(String), retryable: false } },
      expect.objectContaining({ room: 'lobby', recovered: false, reason: 'ahead', items: [] }),
      expect.objectContaining({ room: 'team', recovered: false, reason: 'epoch_changed', items: [] }),
    ]);
    expect(JSON.stringify(rooms)).not.toContain('secret');
    expect((await world.presence(alice, 'team')).members).toEqual(['alice']);
  });

  it('resumes 52 rooms with full logs in one frame, and leaves the rest for later', async () => {
    const cursors: RoomCursor[] = [];
    const before = await hello(bob);
    for (let n = 0; n < 50; n += 1) {
      const room = `${n}-${'r'.repeat(60)}`;
      cursors.push(await cursorIn(room));
      for (let m = 0; m < 3; m += 1) await world.publish(bob, room, `${n} ${m} ${'x'.repeat(400)}`);
    }
    const [everyone] = before.rooms;
    const open = { room: '*', epoch: (everyone as RoomCursor).epoch, offset: 0 };
    const inbox = { room: '@alice', epoch: 'unknown', offset: 0 };

    const greeting = await hello(alice, [open, inbox, ...cursors]);

    const frame = JSON.stringify({ type: 'ack', id: 'i'.repeat(64), ...greeting });
    expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(FRAME_BYTES);
    const pages = greeting.rooms.flatMap((page) => ('items' in page ? [page] : []));
    expect(pages).toHaveLength(52);
    const recovered = pages.slice(2);
    expect(recovered.every((page) => page.recovered && page.more === page.items.length < 3)).toBe(true);
    expect(recovered[0]?.items).toHaveLength(3);
    expect(recovered.at(-1)).toMatchObject({ items: [], more: true, offset: 3 });
    expect((await world.history(alice, cursors[49]?.room ?? '', { since: cursors[49] })).items).toHaveLength(
      3,
    );
  });

  it('joins up to 50 rooms, and refuses the others', async () => {
    const cursors = Array.from({ length: 52 }, (_, n) => ({ room: `room-${n}`, epoch: 'x', offset: 0 }));

    const { rooms } = await hello(alice, cursors);

    expect(rooms).toHaveLength(54);
    expect(rooms.slice(52)).toEqual([
      { room: 'room-50', error: { code: 'room_limit', message: expect.any(String), retryable: false } },
      { room: 'room-51', error: { code: 'room_limit', message: expect.any(String), retryable: false } },
    ]);
  });

  it('takes the last of several cursors for one room', async () => {
    const lobby = await cursorIn('lobby');
    await world.publish(bob, 'lobby', 'x');

    const { rooms } = await hello(alice, [{ ...lobby, epoch: 'x' }, lobby]);

    expect(rooms.slice(2)).toMatchObject([{ room: 'lobby', recovered: true, items: [{ data: 'x' }] }]);
  });

  it('knows no session without a connection', async () => {
    await expect(hello(world.caller('stranger'))).rejects.toMatchObject({ code: 'session_unknown' });
  });
});
