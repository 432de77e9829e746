import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Client } from '../support/client.js';
import { Programs } from '../support/program.js';

const programs = new Programs();
afterAll(() => programs.cleanUp());

/** A shell's variables for other programs, which the local program must ignore. */
const OF_AWS = {
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: 'http://127.0.0.1:1',
  AWS_ACCOUNT_ID_ENDPOINT_MODE: 'required',
  AWS_AUTH_SCHEME_PREFERENCE: 'sigv4a',
  AWS_SIGV4A_SIGNING_REGION_SET: '*',
  AWS_PROFILE: 'nobody',
  AWS_REGION: 'nowhere-1',
  AWS_ACCESS_KEY_ID: '',
  AWS_RETRY_MODE: 'none',
  AWS_MAX_ATTEMPTS: 'many',
  AWS_DEFAULTS_MODE: 'wrong',
};

const CONFIG = `[default]
use_fips_endpoint = true
use_dualstack_endpoint = true
endpoint_url = http://127.0.0.1:1
retry_mode = wrong
`;

const withFiles = (): Record<string, string> => {
  const HOME = programs.folder();
  mkdirSync(join(HOME, '.aws'));
  writeFileSync(join(HOME, '.aws', 'config'), CONFIG);
  writeFileSync(join(HOME, '.aws', 'credentials'), '[default]\n');
  return { HOME };
};

describe.each([
  ['stored', []],
  ['in memory', ['--memory']],
])('The program, %s, pushes', (_, args) => {
  it.each<[string, () => Record<string, string>]>([
    ['AWS variables', () => OF_AWS],
    ['AWS files', withFiles],
    ['a file of AWS that is a folder', () => ({ AWS_CONFIG_FILE: '/', AWS_SHARED_CREDENTIALS_FILE: '/' })],
  ])('whatever the shell has of %s', async (_name, env) => {
    const { program, url } = await programs.listening({ args, env: env() });
    const [alice, bob] = [await programs.connect(url, 'alice'), await programs.connect(url, 'bob')];

    await alice.do('broadcast', { data: 'hello' });

    await bob.hears('*', 'hello');
    expect(program.errors).toBe('');
  });
});

describe('The program, once its output is closed,', () => {
  it.each(['', '2>&1'])('ends without a stack (%s| head -3)', async (errors) => {
    const program = programs.start({ pipe: `${errors} | head -3` });
    const [url = ''] = (await program.prints(/ws:\S+/)).match(/ws:\S+/) ?? [];
    const client = await Client.connect(`${url.trim()}?userId=alice`);

    expect(await program.ended).toBe(0);

    expect(program.errors).toBe('');
    expect(await client.closed).toBe(1001);
  });
});
