import { describe, expect, it } from '@jest/globals';
import type { Pushes } from '../../../protocol/pushes.js';
import { digestOf, mergeMembers } from '../../src/presence/members.js';
import type { Member, Room } from '../../src/room.js';
import { ClientWorld } from '../support/client-world.js';

const member = (user: string, counter = 0, state: unknown = null): Member => ({ user, state, counter });

describe('Members, merged with a notice', () => {
  const here = [member('alice'), member('bob', 2, 'busy')];

  it('are users who came and went, each once', () => {
    expect(mergeMembers(here, { joined: ['bob', 'carol'], left: ['alice', 'dave'] })).toEqual([
      member('bob', 2, 'busy'),
      member('carol'),
    ]);
    expect(here).toHaveLength(2);
  });

  it('take the state with the higher counter, in whatever order notices come', () => {
    const third = { states: [member('bob', 3, 'free')] };
    const late = { states: [member('bob', 1, 'at lunch')] };

    expect(mergeMembers(mergeMembers(here, late), third)).toEqual([
      member('alice'),
      member('bob', 3, 'free'),
    ]);
    expect(mergeMembers(mergeMembers(here, third), late)).toEqual([
      member('alice'),
      member('bob', 3, 'free'),
    ]);
  });

  it('take an older state if the device with the newer one has left', () => {
    const older = { states: [{ ...member('bob', 1, 'at the desk'), replaces: 2 }] };

    expect(mergeMembers(here, older)[1]).toEqual(member('bob', 1, 'at the desk'));
    expect(mergeMembers([member('bob', 4, 'newest')], older)).toEqual([member('bob', 4, 'newest')]);
  });

  it('know nothing of a user who is not here', () => {
    expect(mergeMembers(here, { states: [member('zoe', 1, 'x')] })).toEqual(here);
  });
});

describe('The members of a room', () => {
  const world = new ClientWorld();
  const notice = (change: Partial<Pushes['presence']>) =>
    world.server.push('lobby', { type: 'presence', room: 'lobby', joined: [], left: [], ...change });
  const asked = () => world.server.frames('presence').length;
  const states = (room: Room) => room.members.map(({ user, state }) => `${user}: ${JSON.stringify(state)}`);
  const notices = (room: Room) => {
    const lists: string[][] = [];
    room.on('members', () => lists.push(states(room)));
    return lists;
  };

  it('are a live list of users with their states', async () => {
    const { server, connect, settle, outcome } = world;
    server.states.set('lobby', [{ user: 'bob', state: 'busy', counter: 1 }]);
    await world.member('bob');
    const room = connect('alice').room('lobby');
    const lists = notices(room);
    expect(room.members).toEqual([]);

    await outcome(room.join());
    notice({ joined: ['carol'], states: [{ user: 'carol', state: { at: 'desk' }, counter: 1 }] });
    await settle();
    notice({ left: ['bob'] });
    await settle();
    notice({ left: ['bob'] });
    await settle();

    expect(lists).toEqual([
      ['bob: "busy"', 'alice: null'],
      ['bob: "busy"', 'alice: null', 'carol: {"at":"desk"}'],
      ['alice: null', 'carol: {"at":"desk"}'],
    ]);
    expect(states(room)).toEqual(lists[2]);
    await outcome(room.leave());
    expect(room.members).toEqual([]);
  });

  it('are asked for once if a digest differs, unless the missing notice arrives by then', async () => {
    const { settle, clock } = world;
    const { room } = await world.member('alice');
    await world.member('bob');
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => member(name)) as [
      Member,
      Member,
      Member,
    ];
    notice({ joined: ['carol'], digest: digestOf([alice, bob, carol]) });
    await clock.advance(1_000);
    notice({ joined: ['bob'], digest: digestOf([alice, bob, carol]) });
    await clock.advance(60_000);
    expect(asked()).toBe(0);

    notice({ left: ['carol'], digest: digestOf([alice]) });
    await settle();
    expect(asked()).toBe(0);
    await clock.advance(60_000);

    // Each of both.
    expect(asked()).toBe(2);
    expect(room.members).toEqual([alice, bob]);
  });

  it('are asked for after a resume if the server has another roster', async () => {
    const { server, clock } = world;
    const { room } = await world.member('alice');
    server.answer = (frame) => {
      if (frame.action !== 'hello') return undefined;
      const { epoch, head } = server.log('lobby');
      const page = { items: [], more: false, recovered: true, epoch, offset: head.offset };
      const rooms = [{ room: 'lobby', ...page, digest: digestOf([member('alice'), member('bob')]) }];
      return { type: 'ack', connectionId: 'c', userId: 'alice', limits: {}, rooms };
    };
    server.socket.rooms.add('lobby');

    server.socket.cut();
    await clock.advance(500);
    server.socket.rooms.add('lobby');
    await clock.advance(60_000);

    expect(asked()).toBe(1);
    expect(room.members.map(({ user }) => user)).toEqual(['alice']);
  });

  it('are compared by the pings of a visible page if the application listens to them', async () => {
    const page = globalThis as { document?: { visibilityState: string } };
    const { server, clock } = world;
    page.document = { visibilityState: 'visible' };
    try {
      const { room } = await world.member('alice');
      await world.member('alice', 'elsewhere');
      await clock.advance(11 * 60_000);
      expect(server.frames('ping').flatMap(({ digests }) => digests ?? [])).toEqual([]);

      const lists = notices(room);
      await world.member('bob');
      server.answer = ({ action }) =>
        action === 'ping' ? { type: 'ack', heads: {}, stale: ['lobby'] } : undefined;
      await clock.advance(11 * 60_000);

      const digests = server.frames('ping').flatMap(({ digests }) => digests ?? []);
      expect(digests).toContainEqual({ room: 'lobby', digest: digestOf([member('alice')]) });
      expect(lists).toEqual([['alice: null', 'bob: null']]);
    } finally {
      delete page.document;
    }
  });

  it('are read to the end over several pages', async () => {
    const { server, connect, outcome, clock } = world;
    server.answer = ({ action, after }) => {
      if (action === 'join')
        return { ...page, ...server.log('lobby').after(undefined, 0), members: ['a'], next: 'b' };
      if (action !== 'presence') return undefined;
      return after === 'b' ? { ...page, members: ['b'] } : { ...page, members: ['a'], next: 'b' };
    };
    const page = { type: 'ack', room: 'lobby' };
    const room = connect('alice').room('lobby');
    expect(await outcome(room.join())).toMatchObject({ members: ['a'], truncated: false });

    await clock.advance(100);

    expect(room.members.map(({ user }) => user)).toEqual(['a', 'b']);
    expect(server.frames('presence').map(({ after }) => after)).toEqual([undefined, 'b']);
  });

  it('can be verified', async () => {
    const { room } = await world.member('alice');

    expect(await world.outcome(room.presence({ verify: true }))).toEqual([member('alice')]);

    expect(world.server.frames('presence')).toMatchObject([{ room: 'lobby', verify: true }]);
  });
});
