import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { concurrently } from '../../../src/application/concurrently.js';
import { crowd, dataOf, numbers, offsetsOf } from './support/crowd.js';
import { runInMemory } from './support/run-in-memory.js';
import type { Running } from './support/run-switchboard.js';
import { until } from './support/until.js';

const RELOADS = 2;
/** More than one answer holds. */
const MISSED = 110;
/** They contend for the next place of one room: more of them only try again more often. */
const AT_ONCE = 10;

describe('A page that is reloaded', () => {
  const { enter, disperse } = crowd();
  let server: Running;
  beforeEach(async () => {
    server = await runInMemory();
  });
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  it('continues with its stored cursors, and misses or repeats nothing', async () => {
    const bob = await enter(server.url, 'bob');
    const pages = [await enter(server.url, 'alice')];
    let said = 0;
    const say = async (count: number) => {
      await concurrently(numbers(count, said + 1), AT_ONCE, async (n) => {
        await bob.room.publish(n);
      });
      said += count;
    };

    for (const _ of numbers(RELOADS)) {
      const page = pages.at(-1) as (typeof pages)[number];
      // It may go while something is on its way to it.
      const saying = say(10);
      await until(() => page.messages.length > 3);
      const kept = JSON.stringify(page.client.cursors());
      const shown = page.messages.length;
      await page.client.close();
      page.messages.splice(shown);
      await saying;
      await say(MISSED);
      pages.push(await enter(server.url, 'alice', { cursors: JSON.parse(kept) }));
    }
    const surfaced = () => pages.flatMap((page) => offsetsOf(page));
    await until(() => surfaced().length >= said);
    await say(1);
    await until(() => surfaced().length >= said);

    expect(surfaced()).toEqual(numbers(said));
    expect(pages.flatMap((page) => dataOf(page))).toEqual(dataOf(bob));
    expect(pages.flatMap(({ resets }) => resets)).toEqual([]);
  });
});
