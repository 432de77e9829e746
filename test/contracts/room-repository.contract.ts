import { beforeEach, describe, expect, it } from '@jest/globals';
import { ROOMS_PER_CONNECTION } from '../../protocol/limits.js';
import { connectionOf, membershipOf, membersIn, type Repositories } from './repositories.js';

/** `create` makes an empty world. */
export const roomRepositoryContract = (adapter: string, create: () => Repositories | Promise<Repositories>) =>
  describe(`RoomRepository: ${adapter}`, () => {
    let world: Repositories;
    const at = 1_760_000_000_000;
    const alice = connectionOf('alice', 'Lx1cEfGhIjKlMnO=', at);
    const inLobby = membershipOf(alice, 'lobby', at + 1_000);
    const joinMany = async (count: number) => {
      for (let n = 0; n < count; n += 1) await world.rooms.join(membershipOf(alice, `room${n}`, at));
    };
    const listed = async () => (await world.connections.find(alice.connectionId))?.rooms;

    beforeEach(async () => {
      world = await create();
      await world.connections.save(alice);
    });

    it('creates a member that its connection lists', async () => {
      expect(await world.rooms.find('lobby', alice.connectionId)).toBeUndefined();
      expect(await world.rooms.join(inLobby)).toMatchObject({ outcome: 'joined' });

      expect(await world.rooms.find('lobby', alice.connectionId)).toEqual(inLobby);
      expect(await membersIn(world.rooms, 'lobby')).toEqual([inLobby]);
      expect(await listed()).toEqual(['lobby']);
      expect(await membersIn(world.rooms, 'lobb')).toEqual([]);
    });

    it('calls back between the two writes, once for each join', async () => {
      const members: unknown[] = [];
      const entered = () => {
        members.push(world.rooms.find('lobby', alice.connectionId));
      };

      await world.rooms.join(inLobby, entered);
      await world.rooms.join(inLobby, entered);

      expect(await Promise.all(members)).toEqual([inLobby, inLobby]);
    });

    it('keeps the first joinedAt when it joins again', async () => {
      await world.rooms.join(inLobby);

      expect(await world.rooms.join({ ...inLobby, joinedAt: at + 9_000 })).toMatchObject({
        outcome: 'rejoined',
      });
      expect(await membersIn(world.rooms, 'lobby')).toEqual([inLobby]);
      expect(await listed()).toEqual(['lobby']);
    });

    it('joins again after leaving', async () => {
      await world.rooms.join(inLobby);
      await world.rooms.leave('lobby', alice.connectionId);

      const later = { ...inLobby, joinedAt: at + 9_000 };
      expect(await world.rooms.join(later)).toMatchObject({ outcome: 'joined' });
      expect(await membersIn(world.rooms, 'lobby')).toEqual([later]);
    });

    it('resolves leaving to the removed membership, expired or not, and then to undefined', async () => {
      await world.rooms.join(inLobby);
      world.clock.advance(alice.expiresAt);

      expect(await world.rooms.leave('lobby', alice.connectionId)).toEqual(inLobby);
      expect(await world.rooms.leave('lobby', alice.connectionId)).toBeUndefined();
      expect(await world.rooms.leave('nowhere', alice.connectionId)).toBeUndefined();
      expect(await world.rooms.leave('lobby', 'unknown=')).toBeUndefined();
      expect(await world.connections.find('unknown=')).toBeUndefined();
      expect(await world.connections.remove(alice.connectionId)).toEqual(alice);
    });

    it('removes a member of a connection that was removed, once', async () => {
      await world.rooms.join(inLobby);
      await world.connections.remove(alice.connectionId);

      expect(await world.rooms.removeMember('lobby', alice.connectionId)).toEqual(inLobby);
      expect(await world.rooms.removeMember('lobby', alice.connectionId)).toBeUndefined();
      expect(await world.connections.find(alice.connectionId)).toBeUndefined();
    });

    it('returns a membership to exactly one of many removals', async () => {
      await world.rooms.join(inLobby);

      const removed = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          n % 2 === 0
            ? world.rooms.leave('lobby', alice.connectionId)
            : world.rooms.removeMember('lobby', alice.connectionId),
        ),
      );

      expect(removed.filter(Boolean)).toEqual([inLobby]);
    });

    it('knows no session without a connection, and leaves nothing behind', async () => {
      const stranger = membershipOf(connectionOf('bob', 'unknown=', at), 'lobby', at);

      expect(await world.rooms.join(stranger)).toMatchObject({ outcome: 'session_unknown' });
      expect(await membersIn(world.rooms, 'lobby')).toEqual([]);
      expect(await world.connections.find('unknown=')).toBeUndefined();
    });

    it('removes even an older membership when the connection is gone', async () => {
      await world.rooms.join(inLobby);
      await world.connections.remove(alice.connectionId);

      expect(await world.rooms.join(inLobby)).toMatchObject({ outcome: 'session_unknown' });
      expect(await membersIn(world.rooms, 'lobby')).toEqual([]);
      expect(await world.connections.find(alice.connectionId)).toBeUndefined();
    });

    it('has no member left after joins race with the removal of their connection', async () => {
      const rooms = Array.from({ length: 12 }, (_, n) => `room${n}`);

      const joins = rooms.map((room) => world.rooms.join(membershipOf(alice, room, at)));
      const removed = world.connections.remove(alice.connectionId);
      const outcomes = await Promise.all(joins);
      for (const room of (await removed)?.rooms ?? [])
        await world.rooms.removeMember(room, alice.connectionId);

      expect(new Set(outcomes.map(({ outcome }) => outcome)).size).toBeLessThanOrEqual(2);
      for (const room of rooms) expect(await membersIn(world.rooms, room)).toEqual([]);
    });

    it('admits to 50 rooms, and leaves nothing behind in the 51st', async () => {
      await joinMany(ROOMS_PER_CONNECTION);

      expect(await world.rooms.join(inLobby)).toMatchObject({ outcome: 'room_limit' });
      expect(await membersIn(world.rooms, 'lobby')).toEqual([]);
      expect(await world.rooms.join(membershipOf(alice, 'room7', at + 1))).toMatchObject({
        outcome: 'rejoined',
      });
      await world.rooms.leave('room7', alice.connectionId);
      expect(await world.rooms.join(inLobby)).toMatchObject({ outcome: 'joined' });
      expect(await listed()).toHaveLength(ROOMS_PER_CONNECTION);
    });

    it('admits one of many simultaneous joins when there is room for one', async () => {
      await joinMany(ROOMS_PER_CONNECTION - 1);
      const rooms = Array.from({ length: 10 }, (_, n) => `last${n}`);

      const outcomes = await Promise.all(
        rooms.map((room) => world.rooms.join(membershipOf(alice, room, at))),
      );

      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
        'joined',
        ...Array(9).fill('room_limit'),
      ]);
      const members = await Promise.all(rooms.map((room) => membersIn(world.rooms, room)));
      expect(members.map(({ length }) => length)).toEqual(
        outcomes.map(({ outcome }) => (outcome === 'joined' ? 1 : 0)),
      );
      expect(await listed()).toHaveLength(ROOMS_PER_CONNECTION);
    });

    it('replaces the session of a membership, and creates none', async () => {
      await world.rooms.join({ ...inLobby, tokenExpiresAt: at + 1 });
      await world.rooms.renew('lobby', alice.connectionId, { tokenExpiresAt: at + 2, withoutPresence: true });
      await world.rooms.renew('nowhere', alice.connectionId, { tokenExpiresAt: at + 2 });

      const renewed = { ...inLobby, tokenExpiresAt: at + 2 };
      expect(await membersIn(world.rooms, 'lobby')).toEqual([{ ...renewed, withoutPresence: true }]);
      await world.rooms.renew('lobby', alice.connectionId, { tokenExpiresAt: at + 2 });
      expect(await membersIn(world.rooms, 'lobby')).toEqual([renewed]);
      expect(await membersIn(world.rooms, 'nowhere')).toEqual([]);
    });

    it('resolves a join to the current session of its connection', async () => {
      const session = { tokenExpiresAt: at + 60_000, permissions: '{"join":["*"]}' };
      await world.connections.renew(alice.connectionId, session);

      expect(await world.rooms.join(inLobby)).toEqual({ outcome: 'joined', session });
      expect(await world.rooms.join(inLobby)).toMatchObject({ session });
    });

    it('shows no expired member, deleted or not', async () => {
      const late = connectionOf('bob', 'late=', at + 60_000);
      await world.connections.save(late);
      await world.rooms.join(inLobby);
      await world.rooms.join(membershipOf(late, 'lobby', at + 60_000));

      world.clock.advance(alice.expiresAt - world.clock.now());

      expect(await world.rooms.find('lobby', alice.connectionId)).toBeUndefined();
      expect((await membersIn(world.rooms, 'lobby')).map(({ userId }) => userId)).toEqual(['bob']);
      expect((await membersIn(world.rooms, '*')).map(({ userId }) => userId)).toEqual(['bob']);
    });
  });
