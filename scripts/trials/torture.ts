import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BUGS } from '../../test/robustness/torture/bugs/bugs.js';
import { LibraryClient } from '../../test/robustness/torture/client/library-client.js';
import { ModelClient } from '../../test/robustness/torture/client/model-client.js';
import { reportOf } from '../../test/robustness/torture/report.js';
import { runSeed } from '../../test/robustness/torture/run-seed.js';
import type { World } from '../../test/robustness/torture/simulation/world.js';

const USAGE = `npm run torture -- [--seeds N] [--seed S] [--client name] [--bug name] [--trace file]

Runs N seeds, beginning with S (default: 100 seeds from 1; with --seed alone, only that one). Exits with 1 when a promise
breaks.
--client is library (the one in client/, the default) or model (the simplest possible client).
--bug plants one of: ${[...BUGS.keys()].join(', ')}
--trace writes all events of the last seed to the file.`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    client: { type: 'string', default: 'library' },
    bug: { type: 'string' },
    trace: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const CLIENTS = new Map<string, World['Client']>([
  ['library', LibraryClient],
  ['model', ModelClient],
]);

const main = async (): Promise<void> => {
  const first = Number(values.seed ?? 1);
  const seeds = Number(values.seeds ?? (values.seed === undefined ? 100 : 1));
  const planted = values.bug === undefined ? undefined : BUGS.get(values.bug);
  const unknownBug = values.bug !== undefined && !planted;
  const Client = CLIENTS.get(values.client);
  if (values.help || unknownBug || !Client || !Number.isSafeInteger(first) || !Number.isSafeInteger(seeds)) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const options = `--client ${values.client}${values.bug === undefined ? '' : ` --bug ${values.bug}`}`;
  const startedAt = performance.now();
  const totals: Record<string, number> = {};
  const failed: number[] = [];
  for (let seed = first; seed < first + seeds; seed += 1) {
    const { violations, counts } = await runSeed(seed, { Client, bug: planted?.bug });
    for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
    if (violations.length > 0 || (values.trace !== undefined && seed === first + seeds - 1)) {
      const again = await runSeed(seed, { Client, bug: planted?.bug, traced: true });
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
