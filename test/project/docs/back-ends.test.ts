import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backEndMessages } from '../../../schemas/back-end-messages.js';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { blocks, documents, REPOSITORY } from './support/documents.js';

const [page] = documents().filter(({ path }) => path === 'docs/back-ends.md');
const block = (title: string) => {
  const [found] = page ? blocks(page).filter(({ heading }) => heading === title) : [];
  return found?.lines ?? [];
};

const run = promisify(execFile);

/** The programs of the page, and the files that they need. */
const PROGRAMS: [title: string, file: string, command: string[], needs: string[]][] = [
  ['From Node', 'publish.mjs', [process.execPath], [process.execPath, '--version']],
  ['From Python', 'publish.py', ['python3'], ['python3', '-c', 'import boto3']],
  ['From the AWS CLI', 'cli.sh', ['sh'], ['aws', '--version']],
  ['Over HTTP', 'http.sh', ['sh'], ['curl', '--version']],
];

const isThere = ([command = '', ...args]: string[]) => spawnSync(command, args).status === 0;

describe('a back end of the page', () => {
  let folder: string;
  let switchboard: Switchboard;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-back-end-'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
    switchboard = await startSwitchboard({
      port: 0,
      memory: true,
      dataFolder: undefined,
      env: { LOG_LEVEL: 'silent' },
      gateway: { host: '127.0.0.1' },
    });
  });
  afterAll(async () => {
    await switchboard.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [title, file, [command = '', ...args], needs] of PROGRAMS) {
    const test = isThere(needs) ? it : it.skip;
    const reason = test === it ? '' : `: left out, since ${needs.join(' ')} fails here`;
    test(`publishes: ${title}${reason}`, async () => {
      const lines = block(title);
      writeFileSync(join(folder, file), lines.join('\n').replace(':3001', `:${switchboard.gateway.port}`));
      const env = {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        AWS_ENDPOINT_URL: `http://localhost:${switchboard.gateway.port}`,
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_SESSION_TOKEN: 'any',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      };

      const { stdout } = await run(command, [...args, file], { cwd: folder, env });

      const [answer = ''] = stdout.split('\n').filter((line) => line.includes('epoch'));
      expect(JSON.parse(answer)).toMatchObject({ room: '@alice', attempted: 0, delivered: 0, gone: 0 });
      expect(lines.length).toBeLessThanOrEqual(15);
    }, 30_000);
  }

  it('sends messages that the function accepts', () => {
    const message = JSON.parse(block('Messages').join(''));
    const signal = JSON.parse(block('Signals').join(''));

    expect(backEndMessages.send.safeParse(message).success).toBe(true);
    expect(backEndMessages.signal.safeParse(signal).success).toBe(true);
  });
});
