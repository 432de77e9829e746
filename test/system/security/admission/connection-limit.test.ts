import { describe, expect, it } from '@jest/globals';
import type { Identity } from '../../../../src/domain/access/identity.js';
import { NO_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import { InMemoryTokenWorld } from '../support/in-memory-token-world.js';

const OPENING_MS = 10_000;

const worldFor = (most: number) => {
  const world = new InMemoryTokenWorld({ CONNECTIONS_PER_USER: String(most) });
  const open = (connectionId: string, connectedAt = world.clock.now()) => {
    const caller: Identity = { connectionId, userId: 'alice', connectedAt, requestId: 'r' };
    world.clients.open(connectionId);
    return world.app.connect.execute(caller);
  };
  return { world, open };
};

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `${10 + n}=`);

describe('The connections of one user', () => {
  it('are as many as allowed, whichever of many that open at once is first', async () => {
    const { open } = worldFor(3);

    const outcomes = await Promise.all(names(20).map((id) => open(id)));

    expect(outcomes.filter((outcome) => outcome === 'connected')).toHaveLength(3);
  });

  it('do not exceed the limit when an older one is written after the younger ones', async () => {
    const { world, open } = worldFor(3);
    const now = world.clock.now();

    const outcomes: string[] = [];
    for (const [n, id] of names(6).entries()) outcomes.push(await open(id, now - n));

    expect(outcomes.filter((outcome) => outcome === 'connected')).toHaveLength(3);
  });

  it('leave nothing behind of a refused one', async () => {
    const { world, open } = worldFor(1);
    await open('a=');

    expect(await open('b=')).toBe('connection_limit');

    const identity = { connectionId: 'b=', userId: 'alice', connectedAt: 0, requestId: 'r' };
    const late = { ...identity, granted: NO_PERMISSIONS };
    await expect(world.app.joinRoom.execute(late, { action: 'join', room: 'x' })).rejects.toMatchObject({
      code: expect.stringMatching(/^(forbidden|session_unknown)$/),
    });
    expect(await world.app.disconnectUser.execute('alice')).toEqual({ connections: 1 });
  });

  it('make room when they are gone without a $disconnect', async () => {
    const { world, open } = worldFor(2);
    await open('a=');
    await open('b=');
    await world.clients.close('a=');
    world.clock.advance(OPENING_MS);

    expect(await open('c=')).toBe('connected');
    expect(await open('d=')).toBe('connection_limit');
  });

  it('keep their places while they are opening, when no push can reach them', async () => {
    const { world, open } = worldFor(1);
    await open('a=');
    await world.clients.close('a=');

    expect(await open('b=')).toBe('connection_limit');
  });
});
