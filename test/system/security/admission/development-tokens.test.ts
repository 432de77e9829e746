import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BuiltProgram } from '../../../support/programs/built-program.js';
import { Client } from '../../e2e/support/client.js';
import { ServerWorld } from '../../e2e/support/server-world.js';
import { bearerHeaders, upgrade } from '../support/upgrade.js';

const SECRET = 'a secret of one’s own, of 32 bytes or more';

const program = new BuiltProgram('scripts/token.ts');

/** The output of `npm run --silent token -- …`. */
const token = async (args: string[], env: Record<string, string> = {}): Promise<string> => {
  const { PATH = '', HOME = '' } = process.env;
  const command = [program.file, '--user', 'alice', ...args];
  return (
    await promisify(execFile)(process.execPath, command, { env: { PATH, HOME, ...env } })
  ).stdout.trim();
};

describe('A development token', () => {
  let world: ServerWorld | undefined;
  const start = async (env: Record<string, string>) => {
    world = await ServerWorld.start({
      store: 'memory',
      env: { AUTH_MODE: 'jwt', AUTH_QUERY_TOKEN: 'true', ...env },
    });
    return world.gateway.url.replace('localhost', '127.0.0.1');
  };
  afterEach(() => world?.end());

  it('is accepted by a local run that only requires tokens', async () => {
    const url = await start({});

    const client = await Client.connect(`${url}?token=${await token([])}`);

    expect(await client.do('hello')).toMatchObject({ userId: 'alice' });
    await client.do('broadcast', { data: 1 });
    expect((await upgrade(url)).status).toBe(401);
    await client.close();
  });

  it('is accepted only with the same secret', async () => {
    const url = await start({ AUTH_SECRET: SECRET });

    expect((await upgrade(url, bearerHeaders(await token([], { AUTH_SECRET: SECRET })))).status).toBe(101);
    expect((await upgrade(url, bearerHeaders(await token([])))).status).toBe(403);
  });

  it('has its user in the claim that AUTH_USER_CLAIM names', async () => {
    const AUTH_USER_CLAIM = 'https://switchboard.example/user';
    const url = await start({ AUTH_USER_CLAIM });

    const client = await Client.connect(`${url}?token=${await token([], { AUTH_USER_CLAIM })}`);

    expect(await client.do('hello')).toMatchObject({ userId: 'alice' });
    expect(await client.do('refresh', { token: await token([], { AUTH_USER_CLAIM }) })).toMatchObject({
      type: 'ack',
    });
    expect((await upgrade(url, bearerHeaders(await token([])))).status).toBe(403);
    const page = await fetch(`${url.replace('ws', 'http').replace('/dev', '')}/config.json`);
    const config = { socket: '/dev', auth: 'jwt', userClaim: AUTH_USER_CLAIM, bill: '/bill.json' };
    expect(await page.json()).toEqual(config);
    await client.close();
  });

  it('is not accepted outside of a laptop', async () => {
    await expect(start({ STAGE: 'prod' })).rejects.toThrow('AUTH_MODE is jwt, but neither AUTH_JWKS_URL');
  });

  it('has the requested expiry and permissions', async () => {
    const url = await start({});
    const given = await token(['--expires', '50', '--permissions', '{"join":["team:*"]}']);

    const client = await Client.connect(`${url}?token=${given}`);

    await client.do('join', { room: 'team:1' });
    expect(await client.ask('join', { room: 'other' })).toMatchObject({ code: 'forbidden' });
    await client.until(() => client.frames.find(({ type }) => type === 'expiring'));
    await client.close();
  });
});
