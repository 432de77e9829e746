import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERYONE } from '../../protocol/names.js';
import { connectionOf, membershipOf, membersIn, type Repositories } from './repositories.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * `create` makes an empty world with the views of two processes, each with a clock of its own; an adapter for one
 * process returns the same view twice.
 */
export const repositoryClocksContract = (
  adapter: string,
  create: () => Promise<readonly [Repositories, Repositories]>,
) =>
  describe(`ConnectionRepository and RoomRepository, clocks: ${adapter}`, () => {
    let here: Repositories;
    let there: Repositories;
    const alice = (connectedAt: number) => connectionOf('alice', 'alice=', connectedAt);
    /** Saved and joined by the other process, whose clock is off by this much. */
    const admitThere = async (off: number) => {
      there.clock.advance(off);
      const connection = alice(there.clock.now());
      await there.connections.save(connection);
      await there.rooms.join(membershipOf(connection, 'lobby', there.clock.now()));
      if (there.clock === here.clock) there.clock.advance(-off);
      return connection;
    };

    beforeEach(async () => {
      [here, there] = await create();
    });

    it.each([-HOUR_MS, -MINUTE_MS, 0, MINUTE_MS, HOUR_MS, DAY_MS])(
      'find the rows of a process whose clock is %i ms off',
      async (off) => {
        const { connectionId } = await admitThere(off);

        expect(await here.connections.find(connectionId)).toMatchObject({ connectionId, rooms: ['lobby'] });
        for (const room of [EVERYONE, '@alice', 'lobby'])
          expect((await membersIn(here.rooms, room)).map((member) => member.connectionId)).toEqual([
            connectionId,
          ]);
      },
    );

    it.each([-DAY_MS, -MINUTE_MS, MINUTE_MS, DAY_MS])(
      'lose nothing when a clock steps by %i ms and back, read meanwhile',
      async (step) => {
        const { connectionId } = await admitThere(0);

        here.clock.advance(step);
        await here.connections.find(connectionId);
        await membersIn(here.rooms, 'lobby');
        here.clock.advance(-step);

        expect(await here.connections.find(connectionId)).toMatchObject({ rooms: ['lobby'] });
        expect(await here.rooms.find('lobby', connectionId)).toBeDefined();
      },
    );

    it.each([-HOUR_MS, -MINUTE_MS, MINUTE_MS, HOUR_MS])(
      'keep the first joinedAt when the clock has stepped by %i ms',
      async (step) => {
        const { connectionId } = await admitThere(0);
        const before = await here.rooms.find('lobby', connectionId);

        here.clock.advance(step);
        const again = membershipOf(alice(here.clock.now()), 'lobby', here.clock.now());

        expect(await here.rooms.join(again)).toMatchObject({ outcome: 'rejoined' });
        expect((await here.rooms.find('lobby', connectionId))?.joinedAt).toBe(before?.joinedAt);
      },
    );

    it.each([-DAY_MS, DAY_MS])('remove the rows of a process whose clock is %i ms off once', async (off) => {
      const { connectionId } = await admitThere(off);

      expect((await here.connections.remove(connectionId))?.rooms).toEqual(['lobby']);
      expect(await here.rooms.removeMember('lobby', connectionId)).toBeDefined();
      expect(await there.rooms.removeMember('lobby', connectionId)).toBeUndefined();
    });
  });
