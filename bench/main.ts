import { parseCommandLine } from '../scripts/support/parse-command-line.js';
import { readArguments } from '../scripts/support/read-arguments.js';
import { readNumber } from '../scripts/support/read-number.js';
import { answerHelp } from '../src/entry/local/answer-help.js';
import { measureFrames } from './frames/measure-frames.js';
import { measureBroadcast } from './measures/measure-broadcast.js';
import { measureCursors } from './measures/measure-cursors.js';
import { measureLoading } from './measures/measure-loading.js';
import { measureMemory } from './measures/measure-memory.js';
import { measureQuota } from './measures/measure-quota.js';
import { BenchProcesses } from './processes/bench-processes.js';
import { progress } from './progress.js';
import type { ResultRow } from './result-row.js';
import { FULL, QUICK } from './scale.js';
import { measureStores } from './stores/measure-stores.js';

const USAGE =
  'Usage: npm run bench [-- --only part] [--rounds 9] [--json], or npm run bench -- --store mysql';
answerHelp(
  USAGE,
  'Measures what a broadcast costs, beside other ways to do it. docs/performance.md says what the rows mean.',
);

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const PARTS = {
  broadcast: measureBroadcast,
  memory: measureMemory,
  quota: measureQuota,
  frames: measureFrames,
  loading: measureLoading,
  cursors: measureCursors,
};

const read = () => {
  const { json, rounds, only, quick, store } = parseCommandLine({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      store: { type: 'string' },
    },
  }).values;
  if (store !== undefined && store !== 'mysql')
    throw new Error('--store is mysql, which is measured beside DynamoDB');
  if (store && !process.env.MYSQL_URL) throw new Error('MYSQL_URL names no server');
  const size = quick ? QUICK : FULL;
  const parts = store ? { stores: measureStores } : PARTS;
  for (const name of only ?? [])
    if (!Object.hasOwn(parts, name))
      throw new Error(`There is no part ${name}. There are: ${Object.keys(parts).join(', ')}`);
  return {
    json,
    only,
    parts,
    scale: { ...size, rounds: rounds === undefined ? size.rounds : readNumber('rounds', rounds, 'whole') },
  };
};

const { json, only, parts, scale } = readArguments(USAGE, read);

const shown = ({ median, low, high, unit, target }: ResultRow, what: string): string => {
  const digits = unit === '' || unit === '$' ? 3 : unit === 'ms' ? 2 : 1;
  const number = (value: number) => value.toFixed(digits);
  const goal = target === undefined ? '' : `${median <= target ? '  ok  ' : '  MISS'} ≤ ${number(target)}`;
  const range = `${number(low)} – ${number(high)}`;
  return `${what.padEnd(52)}${number(median).padStart(10)} ${unit.padEnd(4)}${range.padStart(20)}${goal}`;
};

const world = await BenchProcesses.start();
const rows: ResultRow[] = [];
try {
  for (const [name, measure] of Object.entries(parts))
    if (only?.includes(name) ?? true) rows.push(...(await measure(world, scale)));
} finally {
  progress('');
  await world.end();
}

if (json) {
  const { node } = process.versions;
  console.log(JSON.stringify({ node, at: new Date().toISOString(), rounds: scale.rounds, rows }));
} else {
  console.log(
    `${'median of the rounds'.padEnd(52)}${'median'.padStart(10)}     ${'middle half'.padStart(20)}`,
  );
  for (const row of rows) console.log(shown(row, row.what));
}
