import type { BenchProcesses, Subject, Transport } from '../processes/bench-processes.js';
import { progress } from '../progress.js';
import type { ResultRow } from '../result-row.js';
import type { Scale } from '../scale.js';
import { spread } from '../spread.js';
import type { Measured } from '../subjects/measured.js';

const WORLDS = [
  { transport: 'tls', latencyMs: 8 },
  { transport: 'tls', latencyMs: 0 },
  { transport: 'plain', latencyMs: 8 },
  { transport: 'plain', latencyMs: 0 },
] as const;

type Peer = 'switchboard' | 'raw-posts' | 'plain-pattern';

/** A process is up to a tenth faster or slower than another of its kind, for as long as it lives: so three take turns. */
const PROCESSES = 3;

/** An instance lives for hours, and the engine still compiles during the first broadcasts. */
const WARM_UPS = 4;

/** A whole broadcast, compared with bare posts and with the common sample. */
export const measureBroadcast = async (
  world: BenchProcesses,
  { rounds, members }: Scale,
): Promise<ResultRow[]> => {
  await world.store.ask({ members, pageLatencyMs: 8 });
  const subjects = new Map<string, Subject>();
  for (const transport of ['tls', 'plain'] as const)
    for (const peer of ['switchboard', 'raw-posts', 'plain-pattern'] as const)
      for (let turn = 0; turn < PROCESSES && (peer !== 'plain-pattern' || transport === 'tls'); turn += 1)
        subjects.set(`${peer} ${transport} ${turn}`, await world.subject(peer, transport));
  await world.store.ask({ members, pageLatencyMs: 8 });
  for (const [name, subject] of subjects) {
    progress(`broadcast, warm-up: ${name}`);
    for (let time = 0; time < (name.startsWith('plain') ? 1 : WARM_UPS); time += 1)
      await subject.ask(members);
  }

  const found = new Map<string, Measured[]>();
  const missed: number[] = [];
  for (let round = 1; round <= rounds; round += 1)
    for (const { transport, latencyMs } of WORLDS)
      for (const peer of peersOf(transport, latencyMs)) {
        const name = `${peer} ${transport} ${latencyMs}`;
        progress(`broadcast, round ${round} of ${rounds}: ${name} ms`);
        await world.endpoints[transport].ask({ latencyMs, gone: [] });
        const subject = subjects.get(`${peer} ${transport} ${round % PROCESSES}`) as Subject;
        // Since its last turn, its sockets were closed: opening them is not the cost of a broadcast among others. The plain
        // pattern opens 50 within seconds of work, which changes nothing.
        if (peer !== 'plain-pattern') await subject.ask(members);
        await world.endpoints[transport].ask({ latencyMs, gone: [] });
        const one = await subject.ask(members);
        const { reached } = await world.endpoints[transport].ask(undefined);
        if (peer === 'switchboard') missed.push(members - reached);
        found.set(name, [...(found.get(name) ?? []), one]);
      }

  const ratios = (of: string, to: string, field: 'cpuMs' | 'wallMs' | 'rssMb') => {
    const divisors = found.get(to) as Measured[];
    return spread((found.get(of) as Measured[]).map((it, at) => it[field] / (divisors[at]?.[field] ?? 0)));
  };
  const values = (of: string, field: 'cpuMs' | 'wallMs' | 'rssMb') =>
    spread((found.get(of) as Measured[]).map((it) => it[field]));
  const rows: ResultRow[] = [
    { what: 'CPU ÷ raw posts', unit: '', target: 1.4, ...ratios(OURS, 'raw-posts tls 8', 'cpuMs') },
    { what: 'CPU ÷ plain pattern', unit: '', target: 1 / 7, ...ratios(OURS, PLAIN, 'cpuMs') },
    { what: 'wall ÷ plain pattern', unit: '', target: 1 / 5, ...ratios(OURS, PLAIN, 'wallMs') },
    { what: 'RSS ÷ plain pattern', unit: '', target: 1 / 3.5, ...ratios(OURS, PLAIN, 'rssMb') },
  ];
  for (const { transport, latencyMs } of WORLDS.slice(1)) {
    const world = `${transport} ${latencyMs}`;
    const what = `CPU ÷ raw posts, ${transport}, ${latencyMs} ms`;
    rows.push({ what, unit: '', ...ratios(`switchboard ${world}`, `raw-posts ${world}`, 'cpuMs') });
  }
  rows.push({ what: 'members who were not reached', unit: '', target: 0, ...spread(missed) });
  for (const name of found.keys()) {
    rows.push({ what: `${name} ms: CPU`, unit: 'ms', ...values(name, 'cpuMs') });
    rows.push({ what: `${name} ms: wall`, unit: 'ms', ...values(name, 'wallMs') });
  }
  for (const name of [OURS, PLAIN])
    rows.push({ what: `${name} ms: RSS`, unit: 'MiB', ...values(name, 'rssMb') });
  return rows;
};

const OURS = 'switchboard tls 8';
const PLAIN = 'plain-pattern tls 8';

const peersOf = (transport: Transport, latencyMs: number): readonly Peer[] =>
  transport === 'tls' && latencyMs === 8
    ? ['switchboard', 'raw-posts', 'plain-pattern']
    : ['switchboard', 'raw-posts'];
