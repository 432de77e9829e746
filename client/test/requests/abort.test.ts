import { describe, expect, it } from '@jest/globals';
import type { Client } from '../../src/client.js';
import type { WaitOptions } from '../../src/requests/abortable.js';
import type { Room } from '../../src/room.js';
import { ClientWorld } from '../support/client-world.js';

type Call = [string, (client: Client, room: Room, options: WaitOptions) => Promise<unknown>];

const MEMBERSHIP: Call[] = [
  ['join', (_, room, options) => room.join(options)],
  ['leave', (_, room, options) => room.leave(options)],
];

const CALLS: Call[] = [
  ['ready', (client, _, options) => client.ready(options)],
  ['request', (client, _, options) => client.request('roll', {}, { ...options, repeat: true })],
  ['send', (client, _, options) => client.send('bob', 'x', options)],
  ['broadcast', (client, _, options) => client.broadcast('x', options)],
  ['publish', (_, room, options) => room.publish('x', options)],
  ['presence', (_, room, options) => room.presence(options)],
  ['state', (_, room, options) => room.setState('x', options)],
  ['history', (_, room, options) => room.history(options).next()],
];

describe('An AbortSignal', () => {
  const world = new ClientWorld();

  it.each(CALLS)('ends the wait of `%s()`, which is no longer sent', async (name, call) => {
    const { server, member, settle } = world;
    const { client, room } = await member('alice');
    server.isRefusing = true;
    server.socket.cut();
    await settle();
    const controller = new AbortController();

    const waiting = call(client, room, { signal: controller.signal });
    waiting.catch(() => {});
    await settle();
    controller.abort();

    await expect(waiting).rejects.toMatchObject({ code: 'aborted', retryable: true });
    server.isRefusing = false;
    await settle(60_000);
    expect(server.frames(name)).toEqual([]);
  });

  it.each(CALLS)('that aborted before `%s()` keeps it from being sent', async (name, call) => {
    const { server, member, settle } = world;
    const { client, room } = await member('alice');

    await expect(call(client, room, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
      retryable: false,
    });
    await settle();

    expect(server.frames(name)).toEqual([]);
  });

  it('leaves no timer of `ready()` behind', async () => {
    const { member, outcome, settle, clock } = world;
    const { client } = await member('alice');
    await outcome(client.disconnect());
    const before = clock.pending;

    for (let n = 0; n < 3; n += 1) {
      const controller = new AbortController();
      client.ready({ signal: controller.signal }).catch(() => {});
      controller.abort();
      await settle();
    }

    expect(clock.pending).toBe(before);
  });

  it.each([...CALLS, ...MEMBERSHIP])('that is none is a wrong option of `%s()`', async (name, call) => {
    const { server, member } = world;
    const { client, room } = await member('alice');

    const before = server.frames(name);

    for (const signal of [5, 'now', {}, true])
      await expect(call(client, room, { signal } as never)).rejects.toMatchObject({
        code: 'invalid_option',
        message: 'Wrong option `signal`',
        retryable: false,
      });

    expect(server.frames(name)).toEqual(before);
  });

  it('ends the wait of `leave()`', async () => {
    const { server, member, settle } = world;
    const { room } = await member('alice');
    server.answer = ({ action }) => (action === 'leave' ? null : undefined);
    const controller = new AbortController();

    const leaving = room.leave({ signal: controller.signal });
    leaving.catch(() => {});
    await settle();
    controller.abort();

    await expect(leaving).rejects.toMatchObject({ code: 'aborted', retryable: true });
  });

  it.each(['close', 'disconnect'] as const)('ends the wait of `%s()`, which is carried out', async (name) => {
    const { server, member } = world;
    const { client } = await member('alice');
    server.latencyMs = () => 1_000;
    const controller = new AbortController();

    const ending = client[name]({ signal: controller.signal });
    controller.abort();

    await expect(ending).rejects.toMatchObject({ code: 'aborted', retryable: true });
    expect(client.state).toBe(name === 'close' ? 'closed' : 'offline');
  });

  it.each(['close', 'disconnect'] as const)(
    'that aborted before `%s()` keeps the connection',
    async (name) => {
      const { client } = await world.member('alice');

      await expect(client[name]({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });

      expect(client.state).toBe('live');
    },
  );

  it('changes nothing once there is an answer', async () => {
    const { member, outcome } = world;
    const { room } = await member('alice');
    const controller = new AbortController();

    const { offset } = await outcome(room.publish('x', { signal: controller.signal }));
    controller.abort();

    expect(offset).toBe(1);
  });

  it('ends a join, and undoes it', async () => {
    const { server, connect, settle } = world;
    const client = connect('alice');
    const room = client.room('lobby');
    const controller = new AbortController();
    await settle();
    server.latencyMs = () => 100;

    const joining = room.join({ signal: controller.signal });
    joining.catch(() => {});
    controller.abort();
    await settle(1_000);

    await expect(joining).rejects.toMatchObject({ code: 'aborted' });
    expect(server.presence).toEqual(['alice joined lobby', 'alice left lobby']);
  });

  it('undoes only the join that it was given to', async () => {
    const { server, connect, settle, outcome } = world;
    const room = connect('alice').room('lobby');
    const controller = new AbortController();

    const first = room.join({ signal: controller.signal });
    first.catch(() => {});
    const second = room.join();
    controller.abort();
    await outcome(second);
    await settle();

    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect(server.presence).toEqual(['alice joined lobby']);
  });
});
