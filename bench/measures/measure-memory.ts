import type { BenchProcesses } from '../processes/bench-processes.js';
import { progress } from '../progress.js';
import type { ResultRow } from '../result-row.js';
import type { Scale } from '../scale.js';
import { spread } from '../spread.js';

const PAGE_LATENCY_MS = 30;

const number = (value: number): string => value.toLocaleString('en-US');

/** The memory of a new process for a large room and for a small one, and the time of the first post. */
export const measureMemory = async (world: BenchProcesses, { rounds, most }: Scale): Promise<ResultRow[]> => {
  const few = most / 100;
  const rss: Record<number, number[]> = { [few]: [], [most]: [] };
  const first: number[] = [];
  for (let round = 1; round <= rounds; round += 1)
    for (const members of [few, most]) {
      progress(`memory, round ${round} of ${rounds}: ${members} members`);
      const subject = await world.subject('switchboard', 'tls');
      await world.store.ask({ members: few, pageLatencyMs: 0 });
      await world.endpoints.tls.ask({ latencyMs: 8, gone: [] });
      for (let time = 0; time < 5; time += 1) await subject.ask(few);

      await world.store.ask({ members, pageLatencyMs: PAGE_LATENCY_MS });
      await world.endpoints.tls.ask({ latencyMs: 8, gone: [] });
      const { rssMb, startedAt } = await subject.ask(members);
      const { reached, firstAt = 0n } = await world.endpoints.tls.ask(undefined);
      if (reached !== members) throw new Error(`${reached} of ${members} were reached`);
      rss[members]?.push(rssMb);
      if (members === most) first.push(Number(firstAt - startedAt) / 1e6);
      await subject.end();
    }
  const small = rss[few] as number[];
  const large = rss[most] as number[];
  return [
    {
      what: `RSS at ${number(most)} members ÷ at ${number(few)}`,
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
    { what: `RSS at ${number(few)}`, unit: 'MiB', ...spread(small) },
    { what: `RSS at ${number(most)}`, unit: 'MiB', ...spread(large) },
  ];
};
