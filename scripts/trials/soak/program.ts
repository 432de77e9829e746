import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Memory } from './memory.js';
import { SoakRoom } from './soak-room.js';

export interface Load {
  minutes: number;
  clients: number;
  /** Publications a second, all rooms together. */
  rate: number;
}

const ROOM_SIZE = 10;
const SAMPLE_MS = 2_000;

/** The program as `npm start` starts it, under load. */
export const soakProgram = async ({ minutes, clients, rate }: Load): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-soak-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/entry/local/main.ts'], {
    env: { ...process.env, PORT: '0', DATA_FOLDER: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.once('exit', () => reject(new Error('The program did not start')));
      child.stdout.on('data', (text) => {
        if (output.length > 10_000) return;
        output += text;
        const [, found] = /listening on (ws:\S+)/.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    const rooms: SoakRoom[] = [];
    for (let index = 0; index < clients / ROOM_SIZE; index += 1)
      rooms.push(await SoakRoom.open(url, `soak-${index}`, ROOM_SIZE));

    const memory = new Memory();
    await load(rooms, child.pid as number, memory, { minutes, clients, rate });
    const outcome = { published: 0, lost: 0, late: 0, doubled: 0, failed: 0 };
    for (const one of await Promise.all(rooms.map((room) => room.end())))
      for (const name of Object.keys(outcome) as (keyof typeof outcome)[]) outcome[name] += one[name];
    console.log(JSON.stringify(outcome));
    const codes = rooms.flatMap((room) => room.codes);
    for (const code of new Set(codes)) console.log(`${codes.filter((one) => one === code).length} × ${code}`);
    return memory.judge() && outcome.lost + outcome.doubled + outcome.failed === 0;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
};

const load = async (
  rooms: SoakRoom[],
  pid: number,
  memory: Memory,
  { minutes, rate }: Load,
): Promise<void> => {
  const total = minutes * 60_000;
  const startedAt = performance.now();
  let turns = 0;
  let published = 0;
  let sampledAt = 0;
  let printedAt = 0;
  for (;;) {
    const elapsed = performance.now() - startedAt;
    if (elapsed >= total) return;
    // Catches up when the machine was busy, so that the rate holds on average.
    for (; turns < (elapsed / 1_000) * rate; turns += 1)
      if (rooms[turns % rooms.length]?.publish()) published += 1;
    if (elapsed - sampledAt >= SAMPLE_MS) {
      sampledAt = elapsed;
      const mebibytes = residentOf(pid);
      memory.add(elapsed / total, mebibytes);
      if (elapsed - printedAt >= total / 20) {
        printedAt = elapsed;
        console.log(
          `${(elapsed / 60_000).toFixed(1)} min  ${mebibytes.toFixed(0)} MiB  ${published} published  ${latency(rooms)}`,
        );
      }
    }
    await sleep(5);
  }
};

const residentOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

/** The latencies of the pushes since the last call. */
const latency = (rooms: SoakRoom[]): string => {
  const times = rooms.flatMap((room) => room.takeLatencies()).sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(0);
  return `push after ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(0.9999)} ms (99.99 %)`;
};
