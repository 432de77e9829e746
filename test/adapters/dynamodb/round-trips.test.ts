import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RoomCursor } from '../../../protocol/cursor.js';
import type { Identity } from '../../../src/domain/access/identity.js';
import { DistantWorld } from '../../support/worlds/distant-world.js';

const ROOMS = Array.from({ length: 50 }, (_, n) => `room-${n}`);

describe.each(['guest', 'token'] as const)(
  'the trips to the store, one after the other, for a %s',
  (kind) => {
    let world: DistantWorld;
    let alice: Identity;
    const send = (action: string, fields: object = {}) => world.send(alice, { action, ...fields });
    const tripsOf = async (action: string, fields: object = {}): Promise<number> => {
      const { reply, trips } = await send(action, fields);
      expect(reply).toMatchObject({ type: 'ack' });
      return trips;
    };
    /** Refills the limits; the sizes of rooms are cached for 5 s. */
    const rest = (ms = 4_000) => world.scheduler.jump(ms);
    const hello = async (resume: readonly RoomCursor[] = []) => send('hello', { resume });

    beforeEach(async () => {
      world = new DistantWorld();
      alice = world.identity('alice', kind);
      await world.connect(alice);
    });

    it('of a publication are 5, with a key and without', async () => {
      await send('join', { room: 'lobby' });
      await send('publish', { room: 'lobby', data: 'the first' });
      rest();

      expect(await tripsOf('publish', { room: 'lobby', data: 'x', key: 'key' })).toBe(5);
      expect(await tripsOf('publish', { room: 'lobby', data: 'x' })).toBe(5);
    });

    it('of a broadcast and of a direct message are 5', async () => {
      for (const action of ['broadcast', 'send']) {
        const message = { to: 'alice', data: 'x' };
        const { to: _, ...all } = message;
        const fields = action === 'send' ? message : all;
        await send(action, fields);
        rest();
        expect(await tripsOf(action, { ...fields, key: 'key' })).toBe(5);
        expect(await tripsOf(action, fields)).toBe(5);
      }
    });

    it('of a signal are 3, 2 in a room without others, and none of a keep-alive', async () => {
      const signal = { tag: 't', number: 1, data: 'typing' };
      await send('join', { room: 'lobby' });
      rest();

      expect((await send('signal', { room: 'lobby', ...signal })).trips).toBe(2);
      const bob = world.identity('bob', kind);
      await world.connect(bob);
      await world.send(bob, { action: 'join', room: 'lobby' });
      expect((await send('signal', { room: 'lobby', ...signal })).trips).toBe(3);
      expect((await send('signal', { to: 'bob', ...signal })).trips).toBe(3);
      expect(world.pushed(bob, 'signal')).toHaveLength(2);
      expect((await send('keepalive')).trips).toBe(0);
    });

    it('of the first publication of a room are 1 more', async () => {
      await send('broadcast', { data: 'x' });
      rest();
      const { reply, trips } = await send('send', { to: 'bob', data: 'x' });

      expect(reply).toMatchObject({ type: 'ack', offset: 1 });
      expect(trips).toBe(6);
    });

    it('of a join are 4, 1 more with something missed, and 1 more in a room without an epoch', async () => {
      expect(await tripsOf('join', { room: 'lobby' })).toBe(5);
      const { reply } = await send('publish', { room: 'lobby', data: 'x' });
      rest();

      expect(await tripsOf('join', { room: 'lobby' })).toBe(4);
      expect(await tripsOf('join', { room: 'lobby', since: { epoch: reply.epoch, offset: 1 } })).toBe(4);
      expect(await tripsOf('join', { room: 'lobby', since: { epoch: reply.epoch, offset: 0 } })).toBe(5);
      expect(await tripsOf('join', { room: 'lobby', last: 50 })).toBe(5);
    });

    it('of a join are 1 more where others are told of it', async () => {
      const bob = world.identity('bob', kind);
      await world.connect(bob);
      await world.send(bob, { action: 'join', room: 'lobby' });
      rest();

      expect(await tripsOf('join', { room: 'lobby' })).toBe(5);
      expect(world.pushed(bob, 'presence')).toHaveLength(1);
    });

    it('of a hello for 50 rooms are 4 where nothing was missed', async () => {
      const cursors = ROOMS.map((room) => ({ room, epoch: 'x', offset: 0 }));
      const { reply } = await hello(cursors);
      const rooms = (reply.rooms as RoomCursor[]).map(({ room, epoch, offset }) => ({ room, epoch, offset }));
      expect(rooms).toHaveLength(52);
      rest();

      const again = await hello(rooms);
      expect(again.reply.rooms).toEqual(
        rooms.map((cursor) => ({
          ...cursor,
          items: [],
          more: false,
          recovered: true,
          ...(ROOMS.includes(cursor.room) && { digest: expect.any(Number) }),
        })),
      );
      expect(again.trips).toBe(4);
    });

    it('of a ping for 52 rooms are 2', async () => {
      await hello(ROOMS.map((room) => ({ room, epoch: 'x', offset: 0 })));
      rest();

      expect(await tripsOf('ping', { rooms: [...ROOMS, '*', '@alice'] })).toBe(2);
    });

    it('of a ping that compares rosters are 3', async () => {
      const rooms = ROOMS.slice(0, 5);
      for (const room of rooms) await send('join', { room });
      rest();

      const digests = rooms.map((room) => ({ room, digest: 1 }));
      expect(await tripsOf('ping', { rooms, digests })).toBe(3);
    });

    it('of setting a state are 6', async () => {
      await send('join', { room: 'lobby' });
      rest();

      expect(await tripsOf('state', { room: 'lobby', state: 'here', counter: 1 })).toBe(6);
    });

    it('of a join are 3 more with a state, and 1 more without one in a room with states', async () => {
      await send('join', { room: 'lobby' });
      rest();

      expect(await tripsOf('join', { room: 'lobby', state: 'here', counter: 1 })).toBe(8);
      expect(await tripsOf('join', { room: 'lobby' })).toBe(5);
    });

    it('of a history are 4', async () => {
      await send('join', { room: 'lobby' });
      await send('publish', { room: 'lobby', data: 'x' });
      rest();

      expect(await tripsOf('history', { room: 'lobby' })).toBe(4);
    });

    it('of a connect are 3', async () => {
      expect(await world.connect(world.identity('bob', kind))).toBe(3);
    });
  },
);
