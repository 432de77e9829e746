import { beforeEach, describe, expect, it } from '@jest/globals';
import { CLOCK_SKEW_MS } from '../../../src/application/ports/token-verifier.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { InMemoryTokenWorld } from '../../system/security/support/in-memory-token-world.js';

const EVERYTHING = { join: true, history: true, presence: true };
const BLIND = { join: true, history: true };

describe('a refresh', () => {
  let world: InMemoryTokenWorld;
  let alice: Caller;
  const join = (caller: Caller) => world.app.joinRoom.execute(caller, { action: 'join', room: 'lobby' });
  const refresh = async (permissions: object) =>
    world.app.refreshToken.execute(alice, {
      action: 'refresh',
      token: await world.token('alice', 300, permissions),
    });
  const announce = async (name: string) => join(await world.connect(`${name}=`, await world.token(name)));
  const notices = () =>
    (world.clients.received('alice=') as { type: string; joined: string[] }[])
      .filter(({ type }) => type === 'presence')
      .flatMap(({ joined }) => joined);

  beforeEach(() => {
    world = new InMemoryTokenWorld();
  });

  it('that removes `presence` ends the notices, and one that grants it starts them', async () => {
    alice = await world.connect('alice=', await world.token('alice', 300, EVERYTHING));
    await join(alice);
    await announce('bob');

    await refresh(BLIND);
    await announce('carol');
    await refresh(EVERYTHING);
    await announce('dave');

    expect(notices()).toEqual(['bob', 'dave']);
  });

  it('applies to a join whose frame was admitted before it', async () => {
    alice = await world.connect('alice=', await world.token('alice', 300, EVERYTHING));

    await refresh(BLIND);
    expect(await join(alice)).toMatchObject({ members: [], truncated: true });
    await announce('bob');

    expect(notices()).toEqual([]);
  });

  it('applies to a join whose frame was admitted before it, when it grants `presence`', async () => {
    alice = await world.connect('alice=', await world.token('alice', 300, BLIND));

    await refresh(EVERYTHING);
    expect(await join(alice)).toMatchObject({ members: ['alice'] });
    await announce('bob');

    expect(notices()).toEqual(['bob']);
  });
});

describe('a single-use token that was used for a refresh', () => {
  it('is used until it is refused for its age, the skew after its expiry included', async () => {
    const world = new InMemoryTokenWorld({ AUTH_SINGLE_USE: 'true' });
    const alice = await world.connect('alice=', await world.token('alice', 900));
    const token = await world.token('alice', 60);
    const again = () => world.app.refreshToken.execute(alice, { action: 'refresh', token });
    const connect = () =>
      world.app.authorizeConnection.execute({ headers: { Authorization: `Bearer ${token}` } });
    await again();

    const reasons = new Set<unknown>();
    for (let second = 0; second < 60 + CLOCK_SKEW_MS / 1_000 + 5; second += 1) {
      world.clock.advance(1_000);
      await expect(again()).rejects.toMatchObject({ code: 'unauthenticated' });
      const outcome = await connect();
      expect(outcome.allowed).toBe(false);
      reasons.add('reason' in outcome && outcome.reason);
    }
    expect([...reasons]).toEqual(['token_already_used', 'expired']);
  });
});

describe('a kick', () => {
  it.each(['guest', 'jwt'])('makes later frames of a %s fail', async (mode) => {
    const world = new InMemoryTokenWorld({ AUTH_MODE: mode });
    const guest = { connectionId: 'alice=', userId: 'alice', connectedAt: world.clock.now(), requestId: 'r' };
    if (mode === 'guest') await world.app.connect.execute(guest);
    const alice = mode === 'guest' ? guest : await world.connect('alice=', await world.token('alice'));
    await expect(world.app.admitFrame.execute(alice)).resolves.toMatchObject({ userId: 'alice' });

    expect(await world.app.disconnectUser.execute('alice')).toEqual({ connections: 1 });

    await expect(world.app.admitFrame.execute(alice)).rejects.toMatchObject({ code: 'session_unknown' });
  });
});
