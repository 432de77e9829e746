import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Program, Programs } from '../../../test/system/e2e/support/program.js';
import type { Published } from '../../src/published.js';
import { crowd, dataOf, logOf, numbers, offsetsOf, type Person } from './support/crowd.js';
import { until } from './support/until.js';

const KILLS = 2;
const PAUSE_MS = 20;
const UNANSWERED = 40;

describe('A conversation through which the server is killed', () => {
  const { enter, disperse } = crowd();
  const programs = new Programs();
  let folder: string;
  let program: Program;
  let url: string;
  /** Where it was before, if it was there before. */
  const start = async () => {
    const env = { RATE_LIMIT: 'off', DATA_FOLDER: 'data', ...(url && { PORT: new URL(url).port }) };
    ({ program, url } = await programs.listening({ folder, env }));
  };
  beforeEach(async () => {
    folder = programs.folder();
    url = '';
    await start();
  });
  afterEach(async () => {
    await disperse();
    await programs.cleanUp();
  });

  it('continues, and every client gets every message once and in order', async () => {
    const people = [await enter(url, 'alice'), await enter(url, 'bob')];
    const reader = await enter(url, 'carol');
    const acks = new Map<string, Published>();
    const publishing: Promise<unknown>[] = [];
    let isOver = false;
    const talk = async ({ room, client }: Person) => {
      for (let n = 1; !isOver; n += 1) {
        const data = `${client.userId} ${n}`;
        publishing.push(room.publish(data).then((published) => acks.set(data, published)));
        await sleep(PAUSE_MS);
        await until(() => publishing.length - acks.size < UNANSWERED);
      }
    };
    const talking = people.map(talk);

    for (const kill of numbers(KILLS)) {
      const target = acks.size + 40;
      await until(() => acks.size >= target);
      // At the worst moment: one is stored and seen, and its ack is not on its way yet.
      await new Promise<void>((killed) => {
        const off = reader.room.on('message', ({ data }) => {
          if (acks.has(String(data))) return;
          off();
          killed(program.end().then(() => {}));
        });
      });
      // Some are called for while there is no server at all.
      await until(() => publishing.length - acks.size >= UNANSWERED);
      await start();
      for (const { cable } of [...people, reader]) cable.plug();
      await until(() => reader.cable.opened > kill);
    }
    isOver = true;
    await Promise.all([...talking, ...publishing]);
    const log = await logOf(reader);
    await until(() => [...people, reader].every(({ messages }) => messages.length >= log.length));

    // Exactly what was called for, where its caller was told that it is.
    expect(log.map(({ offset }) => offset)).toEqual(numbers(publishing.length));
    expect(Object.fromEntries(log.map(({ data, offset }) => [data, offset]))).toEqual(
      Object.fromEntries([...acks].map(([data, { offset }]) => [data, offset])),
    );
    for (const person of [...people, reader]) {
      expect(offsetsOf(person)).toEqual(numbers(log.length));
      expect(dataOf(person)).toEqual(log.map(({ data }) => data));
      expect(person.resets).toEqual([]);
    }
  });
});
