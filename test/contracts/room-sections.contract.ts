import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERYONE } from '../../protocol/names.js';
import { SECTIONS_KEPT_MS } from '../../src/application/ports/room-repository.js';
import { EVERY_MEMBER, type Section } from '../../src/domain/section.js';
import { connectionOf, membershipOf, type Repositories } from './repositories.js';

/** `create` makes an empty world. */
export const roomSectionsContract = (adapter: string, create: () => Repositories | Promise<Repositories>) =>
  describe(`RoomRepository, sections: ${adapter}`, () => {
    let world: Repositories;

    beforeEach(async () => {
      world = await create();
    });

    const connect = async (prefix: string, count: number) => {
      const ids = Array.from({ length: count }, (_, n) => `${prefix}-${n}=`);
      for (const id of ids) {
        const connection = connectionOf('alice', id, world.clock.now());
        await world.connections.save(connection);
        await world.rooms.join(membershipOf(connection, 'lobby', world.clock.now()));
      }
      return ids;
    };
    const idsOf = async (room: string, section: Section, backwards = false) => {
      const ids: string[] = [];
      for await (const page of world.rooms.members(room, { section, pageSize: 7, backwards }))
        ids.push(...page.map(({ connectionId }) => connectionId));
      return ids;
    };
    const allOf = async (room: string, sections: readonly Section[]) =>
      (await Promise.all(sections.map((section) => idsOf(room, section)))).flat();

    it('leaves a small room in one section', async () => {
      await connect('a', 10);

      for (const room of ['lobby', EVERYONE, 'empty'])
        expect(await world.rooms.sections(room, 10)).toEqual([EVERY_MEMBER]);
    });

    it.each(['lobby', EVERYONE])('has each member of %s in one section', async (room) => {
      const ids = await connect('a', 45);

      const sections = await world.rooms.sections(room, 20);

      expect(sections.length).toBeGreaterThan(1);
      expect((await allOf(room, sections)).toSorted()).toEqual(ids.toSorted());
    });

    it('cuts a room at regular numbers of members', async () => {
      await connect('a', 45);

      const sections = await world.rooms.sections('lobby', 20);

      expect(await Promise.all(sections.map(async (one) => (await idsOf('lobby', one)).length))).toEqual([
        20, 20, 5,
      ]);
    });

    it('cuts no empty section off a room that is a multiple of it', async () => {
      await connect('a', 40);

      expect(await world.rooms.sections('lobby', 20)).toHaveLength(2);
    });

    it('reads a section backwards', async () => {
      await connect('a', 45);
      const [first = EVERY_MEMBER, second = EVERY_MEMBER] = await world.rooms.sections('lobby', 20);

      for (const section of [first, second])
        expect(await idsOf('lobby', section, true)).toEqual((await idsOf('lobby', section)).toReversed());
    });

    it.each(['lobby', EVERYONE])('has later members in a section of %s', async (room) => {
      const ids = await connect('m', 45);
      const sections = await world.rooms.sections(room, 20);

      const late = [...(await connect('a', 5)), ...(await connect('z', 5))];

      expect((await allOf(room, sections)).toSorted()).toEqual([...ids, ...late].toSorted());
    });

    it.each(['lobby', EVERYONE])(
      'keeps the sections of %s for ten minutes, even if its size changes',
      async (room) => {
        await connect('m', 45);
        const sections = await world.rooms.sections(room, 20);

        const joined = await connect('a', 45);
        expect(await world.rooms.sections(room, 20)).toEqual(sections);
        for (const id of [...joined, ...(await allOf(room, sections))])
          await world.rooms.removeMember(room, id);
        world.clock.advance(SECTIONS_KEPT_MS - 1_000);
        expect(await world.rooms.sections(room, 20)).toEqual(sections);
        world.clock.advance(2_000);
        expect(await world.rooms.sections(room, 20)).toEqual([EVERY_MEMBER]);
      },
    );

    it('gives simultaneous cuts of a room the same sections', async () => {
      await connect('a', 45);

      const [first, ...others] = await Promise.all(
        Array.from({ length: 5 }, async (_, n) => {
          if (n > 0) await connect(`b${n}`, n);
          return world.rooms.sections('lobby', 20);
        }),
      );

      for (const other of others) expect(other).toEqual(first);
    });
  });
