import { progress } from './progress.js';
import type { Row } from './row.js';
import { spread } from './spread.js';
import type { World } from './world.js';

const SMALL = 1_000;
const LARGE = 100_000;
const PAGE_LATENCY_MS = 30;

/** The memory of a new process for a large room and for a small one, and the time of the first post. */
export const measureMemory = async (world: World, rounds: number): Promise<Row[]> => {
  const rss: Record<number, number[]> = { [SMALL]: [], [LARGE]: [] };
  const first: number[] = [];
  for (let round = 1; round <= rounds; round += 1)
    for (const members of [SMALL, LARGE]) {
      progress(`memory, round ${round} of ${rounds}: ${members} members`);
      const subject = await world.subject('switchboard', 'tls');
      await world.store.ask({ members: SMALL, pageLatencyMs: 0 });
      await world.endpoints.tls.ask({ latencyMs: 8, gone: [] });
      for (let time = 0; time < 5; time += 1) await subject.ask(SMALL);

      await world.store.ask({ members, pageLatencyMs: PAGE_LATENCY_MS });
      await world.endpoints.tls.ask({ latencyMs: 8, gone: [] });
      const { rssMb, startedAt } = await subject.ask(members);
      const { reached, firstAt = 0n } = await world.endpoints.tls.ask(undefined);
      if (reached !== members) throw new Error(`${reached} of ${members} were reached`);
      rss[members]?.push(rssMb);
      if (members === LARGE) first.push(Number(firstAt - startedAt) / 1e6);
      await subject.end();
    }
  const small = rss[SMALL] as number[];
  const large = rss[LARGE] as number[];
  return [
    {
      what: 'RSS at 100,000 members ÷ at 1,000',
      unit: '',
      target: 1.25,
      ...spread(large.map((it, at) => it / (small[at] as number))),
    },
    {
      what: `first post after, a page taking ${PAGE_LATENCY_MS} ms`,
      unit: 'ms',
      target: 2 * PAGE_LATENCY_MS + 20,
      ...spread(first),
    },
    { what: 'RSS at 1,000', unit: 'MiB', ...spread(small) },
    { what: 'RSS at 100,000', unit: 'MiB', ...spread(large) },
  ];
};
