import { writeFileSync } from 'node:fs';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { BUGS } from '../../test/robustness/torture/bugs/bugs.js';
import { BUGS_ON_MYSQL } from '../../test/robustness/torture/bugs/mysql/bugs-on-mysql.js';
import { LibraryClient } from '../../test/robustness/torture/client/library-client.js';
import { ModelClient } from '../../test/robustness/torture/client/model-client.js';
import { reportOf } from '../../test/robustness/torture/report.js';
import { runSeed } from '../../test/robustness/torture/run-seed.js';
import { runOnMySql } from '../../test/robustness/torture/simulation/mysql/run-on-mysql.js';
import type { SimulatedWorld } from '../../test/robustness/torture/simulation/simulated-world.js';
import { TestMySql } from '../../test/support/servers/test-mysql.js';
import { checkWritable } from '../support/check-writable.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { readArguments } from '../support/read-arguments.js';
import { readNumber } from '../support/read-number.js';

const USAGE =
  'Usage: npm run torture -- [--seeds N] [--seed S] [--client name] [--store name] [--bug name] [--trace file]';

answerHelp(
  USAGE,
  `Runs N seeds, beginning with S (default: 100 seeds from 1; with --seed alone, only that one). Exits with 1 when a promise
breaks.
--client is library (the one in client/, the default) or model (the simplest possible client).
--store is dynamodb (simulated, the default) or mysql (a database for each seed on the server that MYSQL_URL names).
--bug plants one of: ${[...BUGS.keys()].join(', ')};
  with --store mysql one of: ${[...BUGS_ON_MYSQL.keys()].join(', ')}
--trace writes all events of the last seed to the file.`,
);

const CLIENTS = new Map<string, SimulatedWorld['Client']>([
  ['library', LibraryClient],
  ['model', ModelClient],
]);

const STORES = new Map([
  ['dynamodb', { bugs: BUGS, mysql: false }],
  ['mysql', { bugs: BUGS_ON_MYSQL, mysql: true }],
]);

const named = <T>(option: string, name: string, all: ReadonlyMap<string, T>): T => {
  const found = all.get(name);
  if (found === undefined) throw new Error(`--${option} ${name} is none of: ${[...all.keys()].join(', ')}`);
  return found;
};

const read = () => {
  const { values } = parseCommandLine({
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      client: { type: 'string', default: 'library' },
      store: { type: 'string', default: 'dynamodb' },
      bug: { type: 'string' },
      trace: { type: 'string' },
    },
  });
  const { seed, seeds = seed === undefined ? '100' : '1', store, bug, trace } = values;
  const { bugs, mysql } = named('store', store, STORES);
  if (mysql && !process.env.MYSQL_URL) throw new Error('MYSQL_URL names no server');
  if (trace !== undefined) checkWritable(trace);
  return {
    ...values,
    first: readNumber('seed', seed ?? '1', 'whole'),
    seeds: readNumber('seeds', seeds, 'whole'),
    Client: named('client', values.client, CLIENTS),
    mysql: mysql ? new TestMySql(process.env.MYSQL_URL ?? '') : undefined,
    planted: bug === undefined ? undefined : named('bug', bug, bugs),
  };
};

const main = async (): Promise<void> => {
  const { first, seeds, Client, mysql, planted, ...values } = readArguments(USAGE, read);
  const options = `--client ${values.client} --store ${values.store}${values.bug === undefined ? '' : ` --bug ${values.bug}`}`;
  const run = async (seed: number, traced = false) => {
    const result = await runSeed(seed, {
      ...(mysql && runOnMySql(mysql)),
      Client,
      bug: planted?.bug,
      traced,
    });
    await mysql?.close();
    return result;
  };
  const startedAt = performance.now();
  const totals: Record<string, number> = {};
  const failed: number[] = [];
  for (let seed = first; seed < first + seeds; seed += 1) {
    const { violations, counts } = await run(seed);
    for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
    if (violations.length > 0 || (values.trace !== undefined && seed === first + seeds - 1)) {
      const again = await run(seed, true);
      if (values.trace !== undefined) writeFileSync(values.trace, again.trace.join('\n'));
      if (violations.length > 0) console.log(reportOf(again, options));
    }
    if (violations.length > 0) failed.push(seed);
    if ((seed - first + 1) % 100 === 0)
      console.log(`${seed - first + 1} of ${seeds} seeds, ${failed.length} failed`);
  }
  const minutes = (performance.now() - startedAt) / 60_000;
  console.log(
    `${seeds} seeds in ${minutes.toFixed(1)} min (${Math.round(seeds / minutes)} a minute)`,
    totals,
  );
  if (failed.length === 0) return;
  console.log(`${failed.length} failed: ${failed.slice(0, 50).join(' ')}`);
  process.exitCode = 1;
};

await main();
