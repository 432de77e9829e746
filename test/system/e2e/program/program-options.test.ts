import { afterAll, describe, expect, it } from '@jest/globals';
import { readLocalSettings } from '../../../../src/entry/local/settings/local-settings.js';
import { startSwitchboard } from '../../../../src/entry/local/start.js';
import { Programs } from '../support/program.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const programs = new Programs();
afterAll(() => programs.cleanUp());

/** One line, without a stack. */
const _PLAIN = /^[^\n]+\n$/;

/** Each variable that has a wrong value, with one. */
const WRONG: [variable: string, value: string][] = [
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['HOST', 'host.example'],
  ['HOST', '192.0.2.1'],
  ['DEV_ORIGINS', 'localhost:5173'],
  ['DEV_ORIGINS', 'http://localhost:5173,null'],
  ['CONNECTIONS_TABLE', 'a b'],
  ['MESSAGES_TABLE', 'x'],
  ['CALLBACK_URL', 'https://example.org/'],
  ['DYNAMODB_ENDPOINT', 'localhost:8000'],
  ['DYNAMODB_ENDPOINT', 'http://127.0.0.1:1'],
  ['FAN_OUT_INLINE_LIMIT', '-1'],
  ['OPENING_MS', '10s'],
  ['AUTH_MODE', 'none'],
  ['AUTH_JWKS_URL', 'example.org'],
  ['AUTH_JWKS_FILE', '/nowhere/jwks.json'],
  ['AUTH_JWKS_FILE', '/dev/null'],
  ['AUTH_SECRET', 'short'],
  ['AUTH_QUERY_TOKEN', 'yes'],
  ['AUTH_SINGLE_USE', '1'],
  ['ALLOWED_ORIGINS', 'https://example.org,*'],
  ['ALLOW_ABSENT_ORIGIN', 'no'],
  ['RATE_LIMIT', '0'],
  ['FRAMES_PER_SECOND', '0'],
  ['FRAMES_AT_ONCE', 'ten'],
  ['CONNECTIONS_PER_USER', '0'],
  ['LOG_LEVEL', 'loud'],
];

describe('A wrong option or variable is named in one line', () => {
  it.each(['--memroy', '--memory=1', 'memory', ''])('option %s', (option) => {
    const named = `${option} is not an option. The only option is --memory.`;
    expect(() => readLocalSettings(['--memory', option], {})).toThrow(new Error(named));
  });

  it.each(['::1%lo', 'fe80::1%eth0', '127.1', '[::1]', 'localhost.'])('HOST=%s', (HOST) => {
    const named = `HOST ${HOST} is neither an IP address nor localhost`;
    expect(() => readLocalSettings(['--memory'], { HOST })).toThrow(new Error(named));
  });

  it.each(WRONG)('%s=%s', async (variable, value) => {
    const env = { PORT: '0', LOG_LEVEL: 'silent', DATA_FOLDER: programs.folder(), [variable]: value };
    const start = async () => {
      const { stop } = await startSwitchboard({ ...readLocalSettings([], env), env });
      await stop();
    };

    const { message } = await start().then(
      () => new Error('It started'),
      (error: Error) => error,
    );

    expect(message).toMatch(new RegExp(`^${variable}\\b`));
    expect(message).not.toContain('\n');
  });
});

it.each([
  ['::0', '::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['LOCALHOST', 'localhost'],
  ['FD00::00AB', 'fd00::ab'],
])('HOST=%s is %s in another spelling', (HOST, host) => {
  expect(readLocalSettings(['--memory'], { HOST })).toMatchObject({ host });
});
