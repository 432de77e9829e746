import { afterEach, describe, expect, it } from '@jest/globals';
import { PLATFORM_LOG_BYTES } from '../../../../src/entry/local/bill/session-meter.js';
import { RealSleepClock } from '../../../support/time/real-sleep-clock.js';
import type { Client } from '../../e2e/support/client.js';
import { ServerWorld, type WorldOptions } from '../../e2e/support/server-world.js';
import { GuardedWorld } from '../support/guarded-world.js';

const KEEP_ALIVE = { action: 'keepalive' };

describe('A keep-alive', () => {
  let world: ServerWorld;
  let clock: RealSleepClock;
  const start = async (options: WorldOptions = {}): Promise<Client> => {
    clock = new RealSleepClock(Date.now());
    world = await ServerWorld.start({ env: { RATE_LIMIT: 'on' }, clock, ...options });
    const alice = await world.connect('alice');
    await alice.do('ping');
    return alice;
  };
  /** The cost that a frame adds to the bill. */
  const billed = async (alice: Client, frame: object) => {
    const before = world.usage.amounts;
    alice.send(frame);
    await world.until(() => world.usage.amounts.invocations > before.invocations);
    const { messages, readUnits, writeUnits, logBytes } = world.usage.amounts;
    return {
      messages: messages - before.messages,
      readUnits: readUnits - before.readUnits,
      writeUnits: writeUnits - before.writeUnits,
      logBytes: logBytes - before.logBytes,
    };
  };
  afterEach(() => world.end());

  it('costs a message and an invocation once in ten seconds, and counts as a frame beyond that', async () => {
    const alice = await start();
    const free = { messages: 1, readUnits: 0, writeUnits: 0, logBytes: PLATFORM_LOG_BYTES };

    expect(await billed(alice, KEEP_ALIVE)).toEqual(free);
    clock.advance(9_999);
    const counted = await billed(alice, KEEP_ALIVE);
    clock.advance(1);

    // The limits of the connection and its user; the session.
    expect(counted).toMatchObject({ messages: 1, readUnits: 1, writeUnits: 2 });
    expect(counted.logBytes).toBeGreaterThan(PLATFORM_LOG_BYTES);
    expect(await billed(alice, KEEP_ALIVE)).toEqual(free);
    expect(alice.frames.filter(({ type }) => type !== 'ack')).toEqual([]);
    expect(alice.replies).toHaveLength(1);
  });

  it('counts as a frame when it has a field that it may not have, and nothing comes back', async () => {
    const alice = await start();

    expect(await billed(alice, { ...KEEP_ALIVE, extra: 1 })).toMatchObject({ messages: 1, writeUnits: 2 });
    await alice.do('ping');

    expect(alice.frames.map(({ type }) => type)).toEqual(['ack', 'ack']);
  });

  it('that floods ends its connection like any frame', async () => {
    const alice = await start({ store: 'memory' });

    for (let sent = 0; sent < 400; sent += 1) alice.send(KEEP_ALIVE);
    await alice.closed;

    expect(alice.frames.slice(1)).toMatchObject([{ type: 'disconnect', code: 'rate_limited' }]);
  });
});

describe('A keep-alive of an expired session', () => {
  it('does not end it; the next frame that is answered does', async () => {
    const world = await GuardedWorld.start({ store: 'memory' });
    const late = await world.connect('late', { seconds: -10 });
    const { usage } = world.world;

    late.send(KEEP_ALIVE);
    await world.world.until(() => world.world.usage.amounts.invocations > usage.amounts.invocations);
    expect(late.frames).toEqual([]);
    late.send({ action: 'ping' });
    await late.closed;

    expect(late.frames).toMatchObject([{ type: 'disconnect', code: 'token_expired' }]);
    await world.end();
  });
});
