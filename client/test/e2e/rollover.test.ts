import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { crowd, dataOf, numbers, offsetsOf, type Person } from './support/crowd.js';
import { runInMemory } from './support/run-in-memory.js';
import { type Running, runSwitchboard } from './support/run-switchboard.js';
import { until } from './support/until.js';

/** 50 a second, where the machine keeps up. */
const PAUSE_MS = 20;
const UNANSWERED = 25;

/** Stands for the 2 hours of API Gateway, as a second does for the 115 minutes of the client. */
const OLD = { connectionMs: 15_000 };

describe('A client whose connections grow too old', () => {
  // Connections that live this short make pauses grow: told that the network is back, a client makes none.
  const { enter, disperse } = crowd({ isHurried: true });
  let server: Running;
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  /** `from` publishes 1, 2, 3, … until it is enough. Resolves to how many, once both have as many messages. */
  const converse = async (from: Person, to: Person, isEnough: () => boolean): Promise<number> => {
    const publishing: Promise<unknown>[] = [];
    let answered = 0;
    while (!isEnough()) {
      const published = from.room.publish(publishing.length + 1);
      publishing.push(published.finally(() => answered++));
      await sleep(PAUSE_MS);
      await until(() => publishing.length - answered < UNANSWERED);
    }
    await Promise.all(publishing);
    const { length } = publishing;
    await until(() => from.messages.length >= length && to.messages.length >= length);
    return length;
  };

  const expectAllOnce = (count: number, ...people: Person[]) => {
    for (const person of people) {
      expect(offsetsOf(person)).toEqual(numbers(count));
      expect([...dataOf(person)].sort((a, b) => Number(a) - Number(b))).toEqual(numbers(count));
      expect(dataOf(person)).toEqual(people[0] && dataOf(people[0]));
      expect(person.resets).toEqual([]);
    }
  };

  it.each([
    ['pushed by the publishing invocation', () => runInMemory({}, OLD)],
    ['pushed from the stream', () => runSwitchboard({ FAN_OUT_INLINE_LIMIT: '0' }, OLD)],
  ])('replaces three, loses and doubles nothing, and is never seen to leave: %s', async (_how, run) => {
    server = await run();
    const options = { rotateAfterMs: 1_000 };
    const bob = await enter(server.url, 'bob', options);
    const alice = await enter(server.url, 'alice', options);

    const count = await converse(bob, alice, () => alice.cable.opened > 3 && bob.cable.opened > 3);
    // The connection that was replaced goes when it owes nothing more.
    await until(() => alice.cable.open === 1 && bob.cable.open === 1);

    expectAllOnce(count, alice, bob);
    expect([...alice.presence, ...bob.presence]).toEqual([{ joined: ['alice'], left: [] }]);
    expect((await bob.room.presence()).map(({ user }) => user).sort()).toEqual(['alice', 'bob']);
  });

  it('also loses and doubles nothing if the server cuts first', async () => {
    server = await runInMemory({}, { connectionMs: 3_000 });
    const bob = await enter(server.url, 'bob');
    const alice = await enter(server.url, 'alice');

    const count = await converse(bob, alice, () => alice.cable.opened > 2);

    expectAllOnce(count, alice, bob);
  });
});
