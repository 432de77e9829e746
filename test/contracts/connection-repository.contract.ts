import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERYONE, inboxOf } from '../../protocol/names.js';
import { connectionOf, membershipOf, membersIn, type Repositories } from './repositories.js';

/** `create` makes an empty world. */
export const connectionRepositoryContract = (
  adapter: string,
  create: () => Repositories | Promise<Repositories>,
) =>
  describe(`ConnectionRepository: ${adapter}`, () => {
    let world: Repositories;
    const at = 1_760_000_000_000;
    const alice = connectionOf('alice', 'Lx1cEfGhIjKlMnO=', at);

    beforeEach(async () => {
      world = await create();
    });

    it('finds a saved connection by an id that ends in =', async () => {
      expect(await world.connections.find(alice.connectionId)).toBeUndefined();
      await world.connections.save(alice);

      expect(await world.connections.find(alice.connectionId)).toEqual(alice);
      expect(await world.connections.find('Lx1cEfGhIjKlMnO')).toBeUndefined();
    });

    it('makes a new connection a member of `*` and of its user’s inbox', async () => {
      await world.connections.save(alice);

      for (const room of [EVERYONE, inboxOf('alice')]) {
        const membership = membershipOf(alice, room, alice.connectedAt);
        expect(await world.rooms.find(room, alice.connectionId)).toEqual(membership);
        expect(await membersIn(world.rooms, room)).toEqual([membership]);
      }
      expect(await membersIn(world.rooms, inboxOf('bob'))).toEqual([]);
    });

    it('replaces an earlier save, and repairs a partial one', async () => {
      await world.connections.save(alice);
      await world.rooms.removeMember(EVERYONE, alice.connectionId);
      const again = { ...alice, expiresAt: alice.expiresAt + 1 };
      await world.connections.save(again);

      expect(await world.connections.find(alice.connectionId)).toEqual(again);
      expect(await membersIn(world.rooms, EVERYONE)).toEqual([
        membershipOf(again, EVERYONE, alice.connectedAt),
      ]);
      expect(await membersIn(world.rooms, inboxOf('alice'))).toHaveLength(1);
    });

    it('keeps two devices of one user apart', async () => {
      const phone = connectionOf('alice', 'phone=', at + 1);
      await world.connections.save(alice);
      await world.connections.save(phone);

      expect(await membersIn(world.rooms, inboxOf('alice'))).toHaveLength(2);
      expect(await world.connections.remove('phone=')).toEqual(phone);
      expect(await world.connections.find(alice.connectionId)).toEqual(alice);
    });

    it('does not find an expired connection, deleted or not', async () => {
      await world.connections.save(alice);

      world.clock.advance(alice.expiresAt - world.clock.now() - 1);
      expect(await world.connections.find(alice.connectionId)).toEqual(alice);
      world.clock.advance(1);
      expect(await world.connections.find(alice.connectionId)).toBeUndefined();
    });

    it('resolves a removal to the removed connection, expired or not, and then to undefined', async () => {
      await world.connections.save(alice);
      world.clock.advance(alice.expiresAt);

      expect(await world.connections.remove(alice.connectionId)).toEqual(alice);
      expect(await world.connections.remove(alice.connectionId)).toBeUndefined();
      expect(await world.connections.remove('unknown=')).toBeUndefined();
    });

    it('returns the joined rooms of a removed connection, and leaves the memberships', async () => {
      await world.connections.save(alice);
      await world.rooms.join(membershipOf(alice, 'lobby', at));
      await world.rooms.join(membershipOf(alice, 'team:42', at));
      await world.rooms.leave('lobby', alice.connectionId);

      expect(await world.connections.remove(alice.connectionId)).toEqual({ ...alice, rooms: ['team:42'] });
      expect(await world.rooms.find('team:42', alice.connectionId)).toBeDefined();
      expect(await world.rooms.find(EVERYONE, alice.connectionId)).toBeDefined();
    });

    it('returns a connection to exactly one of many removals', async () => {
      await world.connections.save(alice);

      const removed = await Promise.all(
        Array.from({ length: 20 }, () => world.connections.remove(alice.connectionId)),
      );

      expect(removed.filter(Boolean)).toEqual([alice]);
    });

    it('replaces only the session of a connection', async () => {
      const session = { tokenExpiresAt: at + 60_000, permissions: '{"join":["*"]}' };
      await world.connections.save({ ...alice, ...session });
      await world.rooms.join(membershipOf(alice, 'lobby', at));
      const later = { tokenExpiresAt: at + 120_000, permissions: '{}' };

      const renewed = await world.connections.renew(alice.connectionId, later);

      expect(renewed).toEqual({ ...alice, ...later, rooms: ['lobby'] });
      expect(await world.connections.find(alice.connectionId)).toEqual(renewed);
    });

    it('creates no connection by renewing an absent one', async () => {
      expect(await world.connections.renew('unknown=', { tokenExpiresAt: at })).toBeUndefined();
      expect(await world.connections.find('unknown=')).toBeUndefined();
      expect(await world.connections.claimExpiryNotice('unknown=', at)).toBe(false);
      expect(await world.connections.find('unknown=')).toBeUndefined();
    });

    it('lets exactly one of many callers announce each end of a session', async () => {
      await world.connections.save({ ...alice, tokenExpiresAt: at + 1 });
      const claim = (end: number) => world.connections.claimExpiryNotice(alice.connectionId, end);

      const claims = await Promise.all(Array.from({ length: 10 }, () => claim(at + 1)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await claim(at + 2)).toBe(true);
      expect(await claim(at + 2)).toBe(false);
      expect(await claim(at + 1)).toBe(false);
      expect(await world.connections.find(alice.connectionId)).toEqual({ ...alice, tokenExpiresAt: at + 1 });
    });

    it('accepts odd ids', async () => {
      const ids = ['__proto__', 'constructor', 'CONNECTION', 'a/b+c=', 'ä', '🙂', 'a b', 'A', 'a'];
      for (const id of ids) await world.connections.save(connectionOf('__proto__', id, at));

      for (const id of ids)
        expect(await world.connections.find(id)).toEqual(connectionOf('__proto__', id, at));
      expect(await membersIn(world.rooms, inboxOf('__proto__'))).toHaveLength(ids.length);
      expect(await world.connections.find('toString')).toBeUndefined();
    });
  });
