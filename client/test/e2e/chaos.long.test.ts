import { afterEach, describe, expect, it } from '@jest/globals';
import type { Published } from '../../src/published.js';
import { seeded } from '../support/seeded.js';
import { type ChaosProxy, startChaosProxy } from './support/chaos-proxy.js';
import { crowd, dataOf, logOf, numbers, offsetsOf } from './support/crowd.js';
import { type Running, runSwitchboard } from './support/run-switchboard.js';
import { until } from './support/until.js';

const MESSAGES = 45;

/**
 * Much shorter than by default, so that a lost frame is missed soon, and much longer than any answer takes on a busy
 * machine: where hellos time out, connections only make more work. No call gives up.
 */
const IMPATIENT = {
  requestTimeoutMs: 1_500,
  pingTimeoutMs: 1_500,
  pingIntervalMs: 700,
  gapPatienceMs: 50,
  giveUpAfterMs: Number.POSITIVE_INFINITY,
  maxAttempts: 50,
};

describe('Behind a proxy that loses, doubles, delays and reorders frames both ways', () => {
  const { enter, disperse } = crowd({ isHurried: true });
  let server: Running;
  let proxy: ChaosProxy;
  afterEach(async () => {
    await disperse();
    await proxy.stop();
    await server.stop();
  });

  it.each([1, 2])(
    'delivers every message once and in order, and keeps every publication once (seed %i)',
    async (seed) => {
      server = await runSwitchboard(seed === 2 ? { FAN_OUT_INLINE_LIMIT: '0' } : {});
      proxy = await startChaosProxy(server.url, seeded(seed));
      const people = await Promise.all(
        ['alice', 'bob', 'carol'].map((name) => enter(proxy.url, name, IMPATIENT)),
      );
      const acks: [data: unknown, published: Published][] = [];
      await Promise.all(
        people.flatMap(({ room, client }) =>
          numbers(MESSAGES / people.length).map(async (n) => {
            const data = `${client.userId} ${n}`;
            acks.push([data, await room.publish(data)]);
          }),
        ),
      );
      await until(() => people.every(({ messages }) => messages.at(-1)?.offset === MESSAGES));
      proxy.calm();
      const log = await logOf(people[0] as (typeof people)[0]);

      expect(log.map(({ offset }) => offset)).toEqual(numbers(MESSAGES));
      expect(Object.fromEntries(log.map(({ data, offset }) => [data, offset]))).toEqual(
        Object.fromEntries(acks.map(([data, { offset }]) => [data, offset])),
      );
      for (const person of people) {
        expect(offsetsOf(person)).toEqual(numbers(MESSAGES));
        expect(dataOf(person)).toEqual(log.map(({ data }) => data));
        expect(person.resets).toEqual([]);
      }
      expect(Math.min(...Object.values(proxy.tally))).toBeGreaterThan(10);
    },
  );
});
