import { afterEach, describe, expect, it } from '@jest/globals';
import { concurrently } from '../../../src/application/concurrently.js';
import { crowd, dataOf, numbers, offsetsOf } from './support/crowd.js';
import { runInMemory } from './support/run-in-memory.js';
import { type Running, runSwitchboard } from './support/run-switchboard.js';
import { until } from './support/until.js';

const MISSED = 500;
/** They contend for the next place of one room: more of them only try again more often. */
const AT_ONCE = 5;

describe('A client that was away', () => {
  const { enter, disperse } = crowd();
  let server: Running;
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  it.each([
    ['pushed by the publishing invocation', () => runInMemory()],
    ['pushed from the stream', () => runSwitchboard({ FAN_OUT_INLINE_LIMIT: '0' })],
  ])(`gets the ${MISSED} messages that it missed, in order and once each: %s`, async (_how, run) => {
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
  });
});
