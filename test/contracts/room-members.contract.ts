import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERYONE } from '../../protocol/names.js';
import { connectionOf, membershipOf, membersIn, type Repositories } from './repositories.js';

/** `create` makes an empty world. */
export const roomMembersContract = (adapter: string, create: () => Repositories | Promise<Repositories>) =>
  describe(`RoomRepository, members: ${adapter}`, () => {
    let world: Repositories;
    const at = 1_760_000_000_000;

    beforeEach(async () => {
      world = await create();
    });

    /** With an id this long, longer than real ones, the memberships exceed 1 MB. */
    const MANY = 1_200;
    const user = 'u'.repeat(1_500);
    const connect = async (count: number) => {
      for (let first = 0; first < count; first += 50)
        await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            world.connections.save(connectionOf(user, `connection-${first + n}=`, at)),
          ),
        );
    };

    it('returns each member once, page by page, for any number of members', async () => {
      await connect(MANY);
      const pages: number[] = [];
      const ids = new Set<string>();
      for await (const page of world.rooms.members(EVERYONE)) {
        pages.push(page.length);
        for (const { connectionId } of page) ids.add(connectionId);
      }

      expect(pages.length).toBeGreaterThan(1);
      expect(pages.reduce((sum, length) => sum + length)).toBe(MANY);
      expect(ids.size).toBe(MANY);
      expect(await world.rooms.count(EVERYONE, 101)).toBe(101);
      expect(await world.rooms.count(EVERYONE, MANY + 1)).toBe(MANY);
    });

    it('returns pages of at most the requested size', async () => {
      await connect(50);
      const pages: number[] = [];
      for await (const page of world.rooms.members(EVERYONE, { pageSize: 20 })) pages.push(page.length);

      expect(pages.filter((length) => length > 0)).toEqual([20, 20, 10]);
    });

    it.each([false, true])('gives each member once in any order (backwards: %p)', async (backwards) => {
      await connect(50);
      const pages: string[][] = [];
      for await (const page of world.rooms.members(EVERYONE, { pageSize: 20, backwards, inAnyOrder: true }))
        pages.push(page.map(({ connectionId }) => connectionId));

      expect(pages.flat().toSorted()).toEqual(
        (await membersIn(world.rooms, EVERYONE)).map(({ connectionId }) => connectionId).toSorted(),
      );
      expect(pages.flat()).toHaveLength(50);
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(20);
    });

    it('gives the same members backwards', async () => {
      await connect(50);
      const read = async (backwards: boolean) => {
        const ids: string[] = [];
        for await (const page of world.rooms.members(EVERYONE, { pageSize: 20, backwards }))
          ids.push(...page.map(({ connectionId }) => connectionId));
        return ids;
      };

      expect(await read(true)).toEqual((await read(false)).toReversed());
    });

    it('begins at a place in the order of connection ids, even if no connection has that id', async () => {
      for (const id of ['b=', 'ab=', 'B=', 'a=']) await world.connections.save(connectionOf(user, id, at));
      const from = async (place: string) => {
        const ids: string[] = [];
        for await (const page of world.rooms.members(EVERYONE, { pageSize: 2, from: place }))
          ids.push(...page.map(({ connectionId }) => connectionId));
        return ids;
      };

      expect(await from('')).toEqual(['B=', 'a=', 'ab=', 'b=']);
      expect(await from('a=')).toEqual(['a=', 'ab=', 'b=']);
      expect(await from('aa')).toEqual(['ab=', 'b=']);
      expect(await from('c')).toEqual([]);
    });

    it('counts up to a number, and may count expired ones', async () => {
      expect(await world.rooms.count('lobby', 5)).toBe(0);
      await connect(50);

      expect(await world.rooms.count(EVERYONE, 49)).toBe(49);
      expect(await world.rooms.count(EVERYONE, 50)).toBe(50);
      expect(await world.rooms.count(EVERYONE, 51)).toBe(50);
    });

    it('can be read while members leave and join', async () => {
      await connect(50);
      const seen: string[] = [];

      for await (const page of world.rooms.members(EVERYONE)) {
        for (const { connectionId } of page) {
          seen.push(connectionId);
          await world.rooms.removeMember(EVERYONE, connectionId);
          await world.connections.save(connectionOf('late', `late-${connectionId}`, at));
          if (seen.length > 500) throw new Error('It never ends');
        }
      }

      expect(seen.filter((id) => !id.startsWith('late-')).length).toBe(50);
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('accepts odd rooms and ids', async () => {
      const names = ['__proto__', 'constructor', 'toString', '@__proto__', 'a', 'A', 'ä', '🙂'];
      for (const name of names) {
        const connection = connectionOf(name, `of ${name}`, at);
        await world.connections.save(connection);
        expect(await world.rooms.join(membershipOf(connection, name, at))).toMatchObject({
          outcome: 'joined',
        });
      }

      for (const name of names)
        expect(await membersIn(world.rooms, name)).toContainEqual(
          membershipOf(connectionOf(name, `of ${name}`, at), name, at),
        );
      expect(await membersIn(world.rooms, 'hasOwnProperty')).toEqual([]);
    });
  });
