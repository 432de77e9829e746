import { setTimeout as sleep } from 'node:timers/promises';
import { memberId } from './member-id.js';
import { progress } from './progress.js';
import type { Row } from './row.js';
import { spread } from './spread.js';
import type { World } from './world.js';

const MEMBERS = 10_000;
const GONE = Array.from({ length: MEMBERS / 20 }, (_, index) => memberId(index * 20));

/** After this time, a sender has forgotten the rate that it had found. */
const FORGOTTEN_MS = 4_000;

/** 5 % gone and a quota three times too small for what the machine can do. */
export const measureQuota = async (world: World, rounds: number): Promise<Row[]> => {
  const subject = await world.subject('switchboard', 'tls');
  await world.store.ask({ members: MEMBERS, pageLatencyMs: 8 });
  const endpoint = world.endpoints.tls;

  const unlimited: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    progress('quota: what the machine can do');
    await endpoint.ask({ latencyMs: 8, gone: [] });
    const { postingMs } = await subject.ask(MEMBERS);
    if (round > 0) unlimited.push(MEMBERS / (postingMs / 1_000));
  }
  const perSecond = spread(unlimited).median / 3;
  const quota = { perSecond, burst: perSecond / 2 };
  const leastMs = ((MEMBERS - quota.burst) / perSecond) * 1_000;

  const living: number[] = [];
  const times: number[] = [];
  const wasted: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`quota, round ${round} of ${rounds}`);
    await sleep(FORGOTTEN_MS);
    await endpoint.ask({ latencyMs: 8, gone: GONE, quota });
    const { postingMs } = await subject.ask(MEMBERS);
    const { calls, refused, reached } = await endpoint.ask(undefined);
    living.push(MEMBERS - GONE.length - reached);
    times.push(postingMs / leastMs);
    wasted.push((refused / calls) * 100);
  }
  return [
    { what: 'quota: living who were not served', unit: '', target: 0, ...spread(living) },
    { what: "quota: time ÷ the quota's minimum", unit: '', target: 1.05, ...spread(times) },
    { what: 'quota: wasted calls', unit: '%', target: 10, ...spread(wasted) },
    { what: 'quota: its rate', unit: '/s', ...spread([perSecond]) },
  ];
};
