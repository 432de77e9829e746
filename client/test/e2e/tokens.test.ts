import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  developmentToken,
} from '../../../src/adapters/jwt/development-token.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import { SkewedClock } from '../../../test/support/time/skewed-clock.js';
import { SwitchboardError } from '../../src/switchboard-error.js';
import { tellsStatus } from './support/cable.js';
import { crowd, dataOf, offsetsOf } from './support/crowd.js';
import { kick } from './support/kick.js';
import { type Running, runSwitchboard } from './support/run-switchboard.js';
import { until } from './support/until.js';

const SECRET = 'a-secret-of-these-tests-that-is-long-enough';
const HOUR_MS = 3_600_000;

/** Why a connection with a bad token was not let in, as far as the platform says. */
const REFUSED = tellsStatus ? 'unauthenticated' : 'refused';

/** An issuer that notes how often it was asked. */
const issuer = (userId: string, clock: Clock, lifetimesMs: readonly number[]) => {
  const issued: string[] = [];
  const token = async () => {
    const now = clock.now();
    const expiresAt = now + (lifetimesMs[issued.length] ?? HOUR_MS);
    const tokenId = `${userId}-${issued.length}`;
    const made = await developmentToken({ userId, tokenId, issuedAt: now, expiresAt, secret: SECRET });
    issued.push(made);
    return made;
  };
  return { issued, token };
};

describe('A client with tokens', () => {
  const { connect, disperse } = crowd();
  let server: Running;
  /** The server's and the issuer's: time passes here, not in the test. */
  let clock: SkewedClock;
  beforeEach(async () => {
    clock = new SkewedClock(new SystemClock(), 0);
    const env = {
      AUTH_MODE: 'jwt',
      AUTH_SECRET: SECRET,
      AUTH_ISSUER: DEVELOPMENT_ISSUER,
      AUTH_AUDIENCE: DEVELOPMENT_AUDIENCE,
    };
    server = await runSwitchboard(env, {}, clock);
  });
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  const enter = async (userId: string, lifetimesMs: readonly number[] = []) => {
    const { issued, token } = issuer(userId, clock, lifetimesMs);
    const { client, cable } = connect(server.url, { token });
    const room = client.room('lobby');
    const messages: { data: unknown; offset: number }[] = [];
    room.on('message', (message) => messages.push(message));
    await room.join();
    return { client, cable, room, messages, issued, seen: { messages: messages as never, resets: [] } };
  };

  it('fetches a new one when the old one is expiring, and keeps its connection', async () => {
    const alice = await enter('alice', [HOUR_MS, 3 * HOUR_MS]);
    // The server tells from a minute before the end.
    clock.aheadMs = HOUR_MS - 40_000;
    await alice.room.publish('hello');
    await until(() => alice.issued.length === 2 && alice.client.state === 'live');
    clock.aheadMs = HOUR_MS + 40_000;

    await alice.room.publish('still here');
    await until(() => alice.messages.length === 2);

    expect(alice.cable.opened).toBe(1);
    expect(alice.client.userId).toBe('alice');
  });

  it('comes back with a new one when the old one expired while it was away', async () => {
    const bob = await enter('bob', [3 * HOUR_MS]);
    const alice = await enter('alice', [HOUR_MS, 3 * HOUR_MS]);
    alice.cable.pull();
    await bob.room.publish('missed');
    clock.aheadMs = HOUR_MS + 40_000;

    alice.cable.plug();
    await until(() => alice.client.state === 'live');
    await bob.room.publish('seen');
    await until(() => alice.messages.length === 2);

    expect(dataOf(alice.seen)).toEqual(['missed', 'seen']);
    expect(offsetsOf(alice.seen)).toEqual([1, 2]);
    expect(alice.client.state).toBe('live');
  });

  it('does not reconnect once it was told not to', async () => {
    const alice = await enter('alice');
    const pending = alice.client.send('bob', 'before the end');
    await pending;

    await kick(server.port, 'alice');
    await until(() => alice.client.state === 'closed');
    alice.cable.plug();
    await sleep(700);

    expect(alice.client.error?.code).toBe('forbidden');
    expect(alice.cable.opened).toBe(1);
    await expect(alice.room.publish('x')).rejects.toMatchObject({ code: 'forbidden', retryable: false });
    await expect(alice.client.send('bob', 'x')).rejects.toBeInstanceOf(SwitchboardError);
  });

  it('ends closed when its token is never accepted', async () => {
    const token = () =>
      developmentToken({
        userId: 'mallory',
        tokenId: 'm',
        issuedAt: Date.now(),
        expiresAt: Date.now() + HOUR_MS,
        secret: 'another-secret-that-is-long-enough-too',
      });
    const { client, cable } = connect(server.url, { token, maxRefusals: 3 });
    const joining = client.room('lobby').join();

    await expect(joining).rejects.toMatchObject({ code: REFUSED });
    expect(client.state).toBe('closed');
    expect(client.error?.code).toBe(REFUSED);
    expect(cable.opened).toBe(0);
  });

  it('ends closed when a new token belongs to another user', async () => {
    const users = ['alice', 'mallory'];
    const token = () =>
      developmentToken({
        userId: users.shift() ?? 'unknown',
        tokenId: 't',
        issuedAt: Date.now(),
        expiresAt: Date.now() + HOUR_MS,
        secret: SECRET,
      });
    const { client, cable } = connect(server.url, { token });
    await until(() => client.state === 'live');

    cable.cut();
    await until(() => client.state === 'closed');

    expect(client.error?.code).toBe('identity_changed');
    expect(client.userId).toBe('alice');
  });
});
