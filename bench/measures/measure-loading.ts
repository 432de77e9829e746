import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployedFunctions } from '../deployed-functions.js';
import type { BenchProcesses } from '../processes/bench-processes.js';
import { bundle } from '../processes/bundle.js';
import { progress } from '../progress.js';
import type { ResultRow } from '../result-row.js';
import type { Scale } from '../scale.js';
import { spread } from '../spread.js';

/** New processes that load the deployed bundles, compared with one that loads an empty handler; and a first push. */
export const measureLoading = async (world: BenchProcesses, { rounds }: Scale): Promise<ResultRow[]> => {
  const empty = join(world.folder, 'empty.cjs');
  writeFileSync(empty, 'exports.handler = async () => {};');
  const paths = new Map([['empty', empty]]);
  const functions = deployedFunctions();
  for (const [name, entry] of functions) paths.set(name, await bundle(entry, world.folder));

  const cpu = new Map<string, number[]>();
  for (let round = 0; round <= rounds * 2; round += 1)
    for (const [name, path] of paths) {
      progress(`loading, round ${round} of ${rounds * 2}: ${name}`);
      const ms = load(path);
      if (round > 0) cpu.set(name, [...(cpu.get(name) ?? []), ms]);
    }
  const of = (name: string) => cpu.get(name) as number[];
  const rows: ResultRow[] = [];
  for (const name of functions.keys()) {
    const ratios = of(name).map((it, at) => it / (of('empty')[at] as number));
    rows.push({ what: `loading ${name} ÷ an empty handler`, unit: '', target: 2.4, ...spread(ratios) });
    const size = statSync(paths.get(name) as string).size / 1_024;
    rows.push({ what: `bundle of ${name}`, unit: 'KiB', target: 1_024, ...spread([size]) });
  }
  return [...rows, ...(await firstPush(world, rounds))];
};

/** CPU of a whole process, in milliseconds. */
const load = (path: string): number => {
  const script = `require(${JSON.stringify(path)}); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    env: {
      ...process.env,
      AWS_REGION: 'eu-west-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      CALLBACK_URL: 'https://api.execute-api.eu-west-1.amazonaws.com/dev',
      PIECE_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/pieces.fifo',
      PIECE_FAILURES_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/failures.fifo',
      AUTH_MODE: 'guest',
    },
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
};

const firstPush = async (world: BenchProcesses, rounds: number): Promise<ResultRow[]> => {
  const first: { cpuMs: number; postingMs: number }[] = [];
  const second: typeof first = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`first push, round ${round} of ${rounds}`);
    const subject = await world.subject('one-push', 'tls');
    await world.endpoints.tls.ask({ latencyMs: 8, gone: [] });
    first.push(await subject.ask(1));
    second.push(await subject.ask(1));
    await subject.end();
  }
  return [
    { what: 'first push of an instance: CPU', unit: 'ms', ...spread(first.map((it) => it.cpuMs)) },
    { what: 'first push of an instance: wall', unit: 'ms', ...spread(first.map((it) => it.postingMs)) },
    { what: 'second push: CPU', unit: 'ms', ...spread(second.map((it) => it.cpuMs)) },
    { what: 'second push: wall', unit: 'ms', ...spread(second.map((it) => it.postingMs)) },
  ];
};
