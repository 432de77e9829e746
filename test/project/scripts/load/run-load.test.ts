import { afterEach, expect, it } from '@jest/globals';
import { planLoad } from '../../../../scripts/trials/load/plan.js';
import { runLoad } from '../../../../scripts/trials/load/run-load.js';
import { timeChart } from '../../../../scripts/trials/load/time-chart.js';
import { DEVELOPMENT_SECRET, developmentToken } from '../../../../src/adapters/jwt/development-token.js';
import { startSwitchboard } from '../../../../src/entry/local/start.js';

const PLAN = planLoad({ connections: 12, rooms: 3, rate: 30, seconds: 1, opening: 1_000 });

let stop = async () => {};
afterEach(() => stop());

const start = async (env: NodeJS.ProcessEnv = {}): Promise<string> => {
  const switchboard = await startSwitchboard({
    port: 0,
    memory: true,
    dataFolder: undefined,
    env: { LOG_LEVEL: 'silent', ...env },
    gateway: { host: '127.0.0.1' },
  });
  stop = switchboard.stop;
  return switchboard.gateway.url;
};

it('delivers every message to every member of its room', async () => {
  const phases = new Set<string>();

  const report = await runLoad(await start(), PLAN, (phase) => phases.add(phase));

  expect(report).toMatchObject({
    connected: 12,
    published: 30,
    lost: 0,
    doubled: 0,
    disordered: 0,
    errors: {},
  });
  expect(report.times.delivery.count).toBe(30 * 4);
  expect([...phases].slice(0, 2)).toEqual(['connecting', 'publishing']);
  expect(timeChart(report)).toContain('>0 lost, 0 doubled, 0 out of order, 0 errors<');
});

it('counts publications that are refused', async () => {
  const now = Date.now();
  const token = await developmentToken({
    userId: 'alice',
    tokenId: 'one',
    issuedAt: now,
    expiresAt: now + 3_600_000,
    permissions: { join: true },
    secret: DEVELOPMENT_SECRET,
  });

  const url = await start({ AUTH_MODE: 'jwt' });
  const report = await runLoad(url, { ...PLAN, connections: 3 }, () => undefined, token);

  expect(report).toMatchObject({ connected: 3, published: 0, errors: { 'publish: forbidden': 30 } });
});

it('counts connections that never open', async () => {
  const url = await start();
  await stop();
  stop = async () => {};

  const report = await runLoad(url, { ...PLAN, connections: 1, rooms: 1 }, () => undefined);

  expect(report).toMatchObject({ connected: 0, errors: { 'connect: unreachable: Nothing answers': 1 } });
});
