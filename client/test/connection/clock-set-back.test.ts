import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const HOUR_MS = 3_600_000;

describe('A clock that is set back by an hour', () => {
  const world = new ClientWorld();

  it('keeps no call waiting longer', async () => {
    const { server, member, clock } = world;
    const { room } = await member('alice');
    server.isRefusing = true;
    server.socket.cut();
    let code: string | undefined;
    room.publish('unsent').catch((error) => {
      code = error.code;
    });

    await clock.advance(1_000);
    clock.jump(-HOUR_MS);
    await clock.advance(60_000);

    expect(code).toBe('connection_lost');
  });

  it('keeps no signal waiting longer', async () => {
    const { server, member, clock, settle } = world;
    const { room } = await member('alice');
    const refusal = { type: 'error', id: null, code: 'rate_limited', message: '', retryable: true };
    server.socket.push({ ...refusal, retryAfterMs: 1_000 } as never);
    await settle();

    clock.jump(-HOUR_MS);
    room.signal('here', { latest: 'cursor' });
    await clock.advance(2_000);

    expect(server.frames('signal')).toHaveLength(1);
  });

  it('keeps no list of members wrong for longer', async () => {
    const { server, member, clock } = world;
    const { room } = await member('alice');
    await member('bob');
    server.push('lobby', { type: 'presence', room: 'lobby', joined: [], left: [], digest: 1 });
    await clock.advance(100);

    clock.jump(-HOUR_MS);
    await clock.advance(10_000);

    expect(room.members.map(({ user }) => user)).toEqual(['alice', 'bob']);
  });

  it('is what the time of the next attempt is told by', async () => {
    const { server, member, clock } = world;
    const { client } = await member('alice');
    server.isRefusing = true;
    server.socket.cut();
    await clock.advance(30_000);

    clock.jump(-HOUR_MS);
    await clock.advance(60_000);

    const waitMs = Number(client.status.nextTryAt) - clock.now();
    expect(client.state).toBe('offline');
    expect(waitMs).toBeLessThan(60_000);
  });
});
