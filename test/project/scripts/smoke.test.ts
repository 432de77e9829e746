import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { Conversation } from '../../../scripts/operators/smoke/conversation.js';
import { type CheckOutcome, runChecks } from '../../../scripts/support/check-list.js';
import { DEVELOPMENT_SECRET, developmentToken } from '../../../src/adapters/jwt/development-token.js';
import { startSwitchboard } from '../../../src/entry/local/start.js';

const PATIENCE_MS = 30_000;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const start = async (env: NodeJS.ProcessEnv = {}): Promise<string> => {
  const switchboard = await startSwitchboard({
    port: 0,
    memory: true,
    dataFolder: undefined,
    env: { LOG_LEVEL: 'silent', ...env },
    gateway: { host: '127.0.0.1' },
  });
  stops.push(switchboard.stop);
  return switchboard.gateway.url;
};

const tokenFor = (userId: string, permissions: unknown): Promise<string> => {
  const issuedAt = Date.now();
  const expiresAt = issuedAt + 3_600_000;
  return developmentToken({
    userId,
    tokenId: userId,
    issuedAt,
    expiresAt,
    permissions,
    secret: DEVELOPMENT_SECRET,
  });
};

const smoke = async (
  url: string,
  tokens: string[],
  patienceMs = PATIENCE_MS,
): Promise<{ outcomes: CheckOutcome[]; lines: string[] }> => {
  const lines: string[] = [];
  const conversation = new Conversation({ url, tokens });
  const outcomes = await runChecks(conversation.checks(), patienceMs, (line) => lines.push(line));
  await conversation.end();
  return { outcomes, lines };
};

const failures = (outcomes: CheckOutcome[]) => outcomes.filter(({ result }) => result !== 'passed');

describe('the smoke test', () => {
  it('passes at a program that accepts guests', async () => {
    const { outcomes, lines } = await smoke(await start(), []);

    expect(failures(outcomes)).toEqual([]);
    expect(lines[0]).toMatch(/^✓ two clients connect +\d+ ms {2}as smoke-\w+-0 and smoke-\w+-1$/);
  });

  it.each([1, 2])('passes with %s token, and remarks that it may not broadcast', async (count) => {
    const url = await start({ AUTH_MODE: 'jwt' });
    const granted = { join: true, publish: true, history: true, presence: true, send: true };
    const tokens = await Promise.all(['alice', 'bob'].slice(0, count).map((user) => tokenFor(user, granted)));

    const { outcomes } = await smoke(url, tokens);

    expect(failures(outcomes)).toEqual([]);
    expect(outcomes.find(({ name }) => name.includes('broadcast'))?.remark).toBe(
      'refused: the token does not grant it',
    );
  });

  it('fails when a token is refused, and tries nothing more', async () => {
    const { outcomes, lines } = await smoke(await start({ AUTH_MODE: 'jwt' }), ['not.a.token']);

    expect(outcomes[0]).toMatchObject({ result: 'failed' });
    expect(outcomes.slice(1).every(({ result }) => result === 'not tried')).toBe(true);
    expect(lines[0]).toMatch(/^✗ two clients connect .* (refused|unauthenticated): /);
  });

  it('fails at the first check that times out', async () => {
    const silent = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;

    const { outcomes } = await smoke(`ws://127.0.0.1:${port}`, [], 500);
    silent.close();

    expect(outcomes[0]).toMatchObject({ result: 'failed', remark: 'Nothing came within 500 ms.' });
  });
});
