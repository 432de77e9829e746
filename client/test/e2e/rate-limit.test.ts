import { afterEach, describe, expect, it } from '@jest/globals';
import { crowd, dataOf, logOf, numbers, offsetsOf } from './support/crowd.js';
import { runInMemory } from './support/run-in-memory.js';
import type { Running } from './support/run-switchboard.js';
import { until } from './support/until.js';

const BURST = 100;

describe('A client that publishes faster than it may', () => {
  const { enter, disperse } = crowd();
  let server: Running;
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  it(`gets a burst of ${BURST} accepted at the allowed rate, on one connection`, async () => {
    server = await runInMemory({ RATE_LIMIT: 'on', FRAMES_PER_SECOND: '25', FRAMES_AT_ONCE: '10' });
    const alice = await enter(server.url, 'alice');

    const published = await Promise.all(numbers(BURST).map((n) => alice.room.publish(n)));
    await until(() => alice.messages.length >= BURST);
    const log = await logOf(alice);

    expect(published.map(({ offset }) => offset).sort((a, b) => a - b)).toEqual(numbers(BURST));
    expect(offsetsOf(alice)).toEqual(numbers(BURST));
    expect(dataOf(alice)).toEqual(log.map(({ data }) => data));
    expect(alice.cable.opened).toBe(1);
  });
});
