import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import { ANY_ACCESS } from '../../src/entry/local/settings/access.js';
import { createTable } from '../../src/entry/local/storage/create-table.js';
import type { BenchProcesses } from '../processes/bench-processes.js';
import { Helper } from '../processes/helper.js';
import { progress } from '../progress.js';
import type { ResultRow } from '../result-row.js';
import type { Scale } from '../scale.js';
import { spread } from '../spread.js';
import type { FramesAnswer, FramesQuestion } from '../subjects/router-frames.js';
import type { Wave } from './calls.js';

/** CPU above the bare calls, in milliseconds. */
const TARGETS = new Map([
  ['publish to ten', 1],
  ['send', 0.7],
  ['history of 50', 0.7],
  ['ping for three rooms', 0.4],
]);

/** The two take turns this often, so that other work on the machine disturbs both. */
const TURN = 10;

const TABLES = ['bench-connections', 'bench-messages'];

/** The engine still compiles in these: a Lambda instance lives for hours, so 1,000 frames of each kind come first. */
const WARMING_ROUNDS = 10;

/** Frames through the router, compared with a process that only makes the same calls. */
export const measureFrames = async (
  world: BenchProcesses,
  { rounds, frames }: Scale,
): Promise<ResultRow[]> => {
  const stores = [await startStore(), await startStore()] as const;
  const [router, bare] = [
    await peer<FramesQuestion, FramesAnswer>(world, 'router-frames', await stores[0].ask(undefined)),
    await peer<Wave[][], number>(world, 'bare-frames', await stores[1].ask(undefined)),
  ];
  await world.endpoints.tls.ask({ latencyMs: 0, gone: [] });
  await bare.ask((await router.ask({ count: 0 })).waves);

  const found = new Map<string, { router: number; bare: number }[]>();
  for (let round = 1 - WARMING_ROUNDS; round <= rounds; round += 1)
    for (const kind of TARGETS.keys()) {
      progress(`frames, round ${round} of ${rounds}: ${kind}`);
      const sum = { router: 0, bare: 0 };
      for (let done = 0; done < frames; done += TURN) {
        const count = Math.min(TURN, frames - done);
        const { cpuMs, waves } = await router.ask({ kind, count });
        sum.router += cpuMs / frames;
        sum.bare += (await bare.ask(waves)) / frames;
      }
      if (round > 0) found.set(kind, [...(found.get(kind) ?? []), sum]);
    }
  for (const store of stores) await store.end();
  return [...found].flatMap(([kind, all]): ResultRow[] => [
    {
      what: `${kind}: CPU above the bare calls`,
      unit: 'ms',
      target: TARGETS.get(kind) as number,
      ...spread(all.map(({ router, bare }) => router - bare)),
    },
    { what: `${kind}: CPU of the bare calls`, unit: 'ms', ...spread(all.map(({ bare }) => bare)) },
  ]);
};

/** Each has tables of its own, with the same rows. */
const startStore = (): Promise<Helper<undefined, string>> =>
  Helper.start('bench/processes/dynamodb.ts', { execArgv: ['--import', 'tsx'] });

/** Limits count, and refuse nothing; the log and the metrics are those of a deployment. */
const peer = async <Question, Answer>(
  world: BenchProcesses,
  name: string,
  endpoint: string,
): Promise<Helper<Question, Answer>> => {
  const admin = createDocumentClient({ ...ANY_ACCESS, endpoint });
  for (const table of TABLES) await createTable(admin, table);
  admin.destroy();
  return world.subject(name, 'tls', {
    DYNAMODB_ENDPOINT: endpoint,
    RATE_LIMIT: 'on',
    FRAMES_PER_SECOND: '900000000',
    FRAMES_AT_ONCE: '900000000',
    METRICS_NAMESPACE: 'Switchboard/bench',
    LOG_LEVEL: 'info',
  });
};
