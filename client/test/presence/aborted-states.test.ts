import { describe, expect, it } from '@jest/globals';
import type { Room } from '../../src/room.js';
import { ClientWorld } from '../support/client-world.js';

describe('A state whose caller aborts before the server has answered', () => {
  const world = new ClientWorld();
  const shown = () => world.server.states.get('lobby');

  /** Calls that wait for a connection, and are aborted before there is one. */
  const abortedOffline = async (...calls: ((signal: AbortSignal) => Promise<unknown>)[]) => {
    const { server, settle, clock } = world;
    server.isRefusing = true;
    server.socket.cut();
    await settle();
    const controllers = calls.map((call) => {
      const controller = new AbortController();
      call(controller.signal).catch(() => {});
      return controller;
    });
    await settle();
    for (const controller of controllers) controller.abort();
    server.isRefusing = false;
    await clock.advance(5_000);
  };

  const aborted = (room: Room, state: unknown) => (signal: AbortSignal) => room.setState(state, { signal });

  it('is not said on the next connection', async () => {
    const { server, member } = world;
    const { client, room } = await member('alice');

    await abortedOffline(aborted(room, 'busy'));

    expect(client.state).toBe('live');
    expect(server.frames('state')).toEqual([]);
  });

  it('gives way to the state before it', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    await outcome(room.setState('here'));
    server.states.clear();

    await abortedOffline(aborted(room, 'busy'), aborted(room, 'away'));

    expect(shown()).toEqual([{ user: 'alice', state: 'here', counter: 1 }]);
    expect(room.members).toEqual([{ user: 'alice', state: 'here', counter: 1 }]);
  });

  it('does not take a later one with it', async () => {
    const { member } = world;
    const { room } = await member('alice');

    await abortedOffline(aborted(room, 'busy'), (signal) => {
      void room.setState('here');
      return room.setState('away', { signal });
    });

    expect(shown()).toMatchObject([{ user: 'alice', state: 'here' }]);
  });

  it('is not said if it came with a join beside another one', async () => {
    const { server, member } = world;
    const { room } = await member('alice');

    await abortedOffline((signal) => room.join({ state: 'busy', signal }));

    expect(room.members).toEqual([{ user: 'alice', state: null, counter: 0 }]);
    const frames = [...server.frames('join'), ...server.frames('state')];
    expect(frames.filter(({ state }) => state === 'busy')).toEqual([]);
  });

  it('stays once there is an answer', async () => {
    const { server, member, connect, outcome, clock } = world;
    const controller = new AbortController();
    const { signal } = controller;
    const { room } = await member('alice');
    await outcome(room.setState('here', { signal }));
    const hall = connect('bob').room('hall');
    await outcome(hall.join({ state: 'there', signal }));

    controller.abort();
    server.states.clear();
    for (const socket of server.open) socket.cut();
    await clock.advance(5_000);

    expect(shown()).toMatchObject([{ user: 'alice', state: 'here' }]);
    expect(server.states.get('hall')).toMatchObject([{ user: 'bob', state: 'there' }]);
  });
});
