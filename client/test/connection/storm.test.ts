import { describe, expect, it } from '@jest/globals';
import type { Client } from '../../src/client.js';
import type { Message } from '../../src/feed.js';
import type { Published } from '../../src/published.js';
import { ClientWorld } from '../support/client-world.js';
import { seeded } from '../support/seeded.js';

const CLIENTS = 4;
const MINUTES = 5;

const world = new ClientWorld();

/** Everything goes wrong that may, for five minutes; then there is quiet. */
const storm = async (seed: number) => {
  const { server, connect, clock, close } = world;
  const random = seeded(seed);
  const isUnlucky = (chance: number) => random() < chance;
  let isStormy = true;
  server.latencyMs = () => 1 + Math.floor(random() ** 4 * 400);
  server.delivers = (frame, socket) => {
    if (!isStormy) return true;
    if (isUnlucky(0.1)) socket.push(frame);
    return !isUnlucky(0.1);
  };
  server.answer = (frame, socket) => {
    if (!isStormy) return undefined;
    if (isUnlucky(0.02)) return null;
    if (isUnlucky(0.05))
      return { type: 'error', code: 'unavailable', message: '', retryable: true, retryAfterMs: 100 };
    // It was done, and its answer was lost.
    if (frame.action === 'publish' && isUnlucky(0.05)) {
      server.publish(String(frame.room), frame.data, socket.userId, String(frame.key));
      return null;
    }
    if (isUnlucky(0.01)) socket.cut();
    return undefined;
  };

  const accepted: { data: unknown; published: Published }[] = [];
  const failures: string[] = [];
  const people: { client: Client; seen: Message[]; entered: Promise<unknown> }[] = [];
  for (let i = 0; i < CLIENTS; i += 1) {
    const client = connect(`user-${i}`, {
      rotateAfterMs: 60_000,
      pingIntervalMs: 20_000,
      pageSize: 5,
    } as never);
    const person = { client, seen: [] as Message[], entered: Promise.resolve() as Promise<unknown> };
    people.push(person);
    const room = client.room('lobby');
    room.on('message', (message) => person.seen.push(message));
    room.on('reset', ({ reason }) => failures.push(`reset: ${reason}`));
    // It may take longer to get in at all than one call is willing to wait.
    const enter = async (): Promise<unknown> =>
      room.join({ since: { epoch: 'e1', offset: 0 } }).catch(({ retryable }) => retryable && enter());
    person.entered = enter();
  }

  let n = 0;
  for (let second = 0; second < MINUTES * 60; second += 1) {
    for (const { client, entered } of people) {
      if (!isUnlucky(0.4)) continue;
      const data = `${client.userId} ${++n}`;
      const publishing = entered.then(() => client.room('lobby').publish(data));
      publishing.then(
        (published) => accepted.push({ data, published }),
        ({ code }) => failures.push(`publish: ${code}`),
      );
    }
    const victim = server.open[Math.floor(random() * server.open.length)];
    if (isUnlucky(0.1)) victim?.cut();
    if (isUnlucky(0.03) && victim) victim.isMute = true;
    server.isRefusing = isUnlucky(0.2);
    await clock.advance(1_000);
  }
  isStormy = false;
  server.isRefusing = false;
  await clock.advance(2 * 60_000);
  const states = people.map(({ client }) => client.state);
  await close();
  return {
    log: server.log('lobby').entries,
    accepted,
    failures,
    people,
    states,
    sockets: server.sockets.length,
    published: n,
    pending: clock.pending,
  };
};

describe('In a storm of lost, doubled and reordered frames, dead connections and refusals', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('no client misses or doubles anything (seed %i)', async (seed) => {
    const { log, accepted, failures, people, states, sockets, published, pending } = await storm(seed);

    expect(states).toEqual(people.map(() => 'live'));
    for (const { seen } of people) {
      expect(seen.map(({ offset }) => offset)).toEqual(log.map(({ offset }) => offset));
      expect(seen.map(({ data }) => data)).toEqual(log.map(({ data }) => data));
    }
    for (const { data, published } of accepted) expect(log[published.offset - 1]?.data).toBe(data);
    expect(new Set(log.map(({ data }) => data)).size).toBe(log.length);
    // The publishes that failed ran out of time; everything else has to work in the end.
    expect(
      failures.filter((failure) => !/^publish: (timeout|unavailable|connection_lost)$/.test(failure)),
    ).toEqual([]);
    expect(accepted.length).toBeGreaterThan(published * 0.9);
    // It was a storm.
    expect(sockets).toBeGreaterThan(40);
    expect(pending).toBe(0);
  });
});
