import { afterEach, expect, it } from '@jest/globals';
import { concurrently } from '../../../src/application/concurrently.js';
import { crowd, dataOf, numbers, offsetsOf } from './support/crowd.js';
import type { Running } from './support/run-switchboard.js';
import { until } from './support/until.js';

const MISSED = 500;
/** They contend for the next place of one room: more of them only try again more often. */
const AT_ONCE = 5;

/** `ways`: how the server delivers, and how to start it. */
export const awaySuite = (ways: [how: string, run: () => Promise<Running>][]) => {
  const { enter, disperse } = crowd();
  let server: Running;
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  it.each(ways)(
    `gets the ${MISSED} messages that it missed, in order and once each: %s`,
    async (_how, run) => {
      server = await run();
      const alice = await enter(server.url, 'alice');
      const bob = await enter(server.url, 'bob');
      await bob.room.publish('before');
      await until(() => alice.messages.length === 1);

      alice.cable.pull();
      await until(() => alice.client.state === 'offline');
      await concurrently(numbers(MISSED), AT_ONCE, async (n) => {
        await bob.room.publish(n);
      });
      await until(() => bob.messages.length === MISSED + 1);
      expect(dataOf(alice)).toEqual(['before']);
      alice.cable.plug();
      await until(() => alice.client.state === 'live');
      await bob.room.publish('after');
      for (const one of [alice, bob]) await until(() => one.messages.at(-1)?.data === 'after');

      expect(offsetsOf(alice)).toEqual(numbers(MISSED + 2));
      expect(dataOf(alice)).toEqual(dataOf(bob));
      expect([...dataOf(alice)].slice(1, -1).sort((a, b) => Number(a) - Number(b))).toEqual(numbers(MISSED));
      expect(alice.resets).toEqual([]);
    },
  );
};
