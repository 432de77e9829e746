import { beforeEach, describe, expect, it } from '@jest/globals';
import { JsonText } from '../../src/domain/json/json-text.js';
import { stampOf } from '../../src/domain/member-state.js';
import { connectionOf, membershipOf, membersIn, type Repositories } from './repositories.js';

/** `create` makes an empty world. */
export const memberStatesContract = (adapter: string, create: () => Repositories | Promise<Repositories>) =>
  describe(`MemberStates: ${adapter}`, () => {
    let world: Repositories;
    const at = 1_760_000_000_000;
    const alice = connectionOf('alice', 'alice=', at);
    const member = membershipOf(alice, 'lobby', at);
    const said = (value: unknown, counter: number) => ({ state: JsonText.of(value), counter });
    const states = async (room = 'lobby') =>
      [...(await world.states.read(room))].map(([id, { state, counter }]) => [id, state.text, counter]);
    const stamp = async () => (await world.rooms.find('lobby', 'alice='))?.stamp;

    beforeEach(async () => {
      world = await create();
      await world.connections.save(alice);
      await world.rooms.join(member);
    });

    it('keeps the state of a member, and stamps the membership with it', async () => {
      expect(await states()).toEqual([]);
      expect(await stamp()).toBeUndefined();

      const first = said({ at: 'desk', '🙂': [1e21, null] }, 1);
      expect(await world.states.set(member, first)).toBe(true);

      expect(await states()).toEqual([['alice=', first.state.text, 1]]);
      expect(await stamp()).toEqual(stampOf(first));
      expect((await membersIn(world.rooms, 'lobby')).map((one) => one.stamp)).toEqual([stampOf(first)]);
      expect(await states('elsewhere')).toEqual([]);
    });

    it('keeps the state with the higher counter, in any order of arrival', async () => {
      for (const counter of [3, 1, 3, 2]) await world.states.set(member, said(`state ${counter}`, counter));

      expect(await states()).toEqual([['alice=', '"state 3"', 3]]);
      expect(await stamp()).toEqual(stampOf(said('state 3', 3)));
      expect(await world.states.set(member, said('state 4', 4))).toBe(true);
      expect(await states()).toEqual([['alice=', '"state 4"', 4]]);
    });

    it('keeps the highest of many simultaneous states', async () => {
      const counters = Array.from({ length: 12 }, (_, n) => ((n * 5) % 12) + 1);

      await Promise.all(counters.map((counter) => world.states.set(member, said(counter, counter))));

      expect(await states()).toEqual([['alice=', '12', 12]]);
      expect(await stamp()).toEqual(stampOf(said(12, 12)));
    });

    it('keeps a state for each connection, with any room and the longest state', async () => {
      const phone = connectionOf('alice', 'phone=', at);
      await world.connections.save(phone);
      const odd = { ...membershipOf(phone, 'constructor', at) };
      await world.rooms.join(odd);
      await world.rooms.join(membershipOf(phone, 'lobby', at));
      const longest = said('x'.repeat(254), Number.MAX_SAFE_INTEGER);

      await world.states.set(odd, longest);
      await world.states.set({ ...odd, room: 'lobby' }, said('phone', 2));
      await world.states.set(member, said('desk', 1));

      expect(await states('constructor')).toEqual([['phone=', longest.state.text, longest.counter]]);
      expect((await states()).sort()).toEqual([
        ['alice=', '"desk"', 1],
        ['phone=', '"phone"', 2],
      ]);
    });

    it('keeps no state of a connection outside the room, and leaves nothing behind', async () => {
      const stranger = membershipOf(connectionOf('bob', 'bob=', at), 'lobby', at);

      expect(await world.states.set(stranger, said('here', 1))).toBe(false);

      expect(await states()).toEqual([]);
      expect(await world.rooms.find('lobby', 'bob=')).toBeUndefined();
    });

    it('keeps it when its member joins again, and begins anew after a leave', async () => {
      await world.states.set(member, said('desk', 5));
      await world.rooms.join(member);
      expect(await stamp()).toEqual(stampOf(said('desk', 5)));

      expect((await world.rooms.leave('lobby', 'alice='))?.stamp).toEqual(stampOf(said('desk', 5)));
      expect(await states()).toEqual([]);
      await world.rooms.join(member);
      expect(await stamp()).toBeUndefined();
      await world.states.set(member, said('back', 1));
      expect(await states()).toEqual([['alice=', '"back"', 1]]);
    });

    it('is removed with the membership of a removed connection', async () => {
      await world.states.set(member, said('desk', 1));
      await world.connections.remove('alice=');

      expect((await world.rooms.removeMember('lobby', 'alice='))?.stamp).toEqual(stampOf(said('desk', 1)));
      expect(await states()).toEqual([]);
    });
  });
