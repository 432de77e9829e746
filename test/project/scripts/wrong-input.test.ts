import { describe, expect, it } from '@jest/globals';
import { COMMANDS, callCommands } from './support/commands.js';

/** `client:nodes` hands its options to Jest. */
const names = [...COMMANDS.keys()].filter((name) => name !== 'client:nodes');

const WRONG: [string, ...string[]][] = [
  ['torture', '--seeds', '0'],
  ['torture', '--seeds', '-1'],
  ['torture', '--seed', 'x'],
  ['torture', '--client', 'browser'],
  ['torture', '--store', 'memory'],
  ['torture', '--bug', 'none'],
  ['torture', '--store', 'mysql'],
  ['torture', '--trace', '/missing/trace.txt'],
  ['soak', '--minutes', 'x'],
  ['soak', '--clients', '0'],
  ['soak', '--lambda', '--frames', '1.5'],
  ['bench', '--only', 'nothing'],
  ['bench', '--rounds', '0'],
  ['bench', '--store', 'dynamodb'],
  ['bench', '--store', 'mysql'],
  ['planted', 'no-such-bug'],
  ['smoke'],
  ['smoke', 'http://localhost:3001/dev'],
  ['smoke', 'ws://localhost:3001/dev', '--patience', 'long'],
  ['conformance', 'wss://'],
  ['load', 'ws://localhost:3001/dev', 'ws://localhost:3001/dev'],
  ['load', 'ws://localhost:3001/dev', '--output', '/missing/load'],
  ['load', 'ws://localhost:3001/dev', '--seconds', '0'],
  ['asyncapi', 'docs/asyncapi.yaml'],
  ['deployer-policy', 'example'],
  ['migrate', 'now'],
  ['release'],
  ['token', '--user', 'bob smith'],
  ['kick', '--user', 'bob smith'],
  ['kick', '--user', 'bob', '--stage', ''],
  ['publish', '--to', 'bob', '1', '--stage='],
  ['release', '--notes'],
  ['release', 'soon'],
];

const unknown = names.map((name): [string, string] => [name, '--no-such-option']);
const calls = [...unknown, ...WRONG];
const answers = await callCommands(calls);

describe('A command that is called wrongly', () => {
  it.each(calls.map((call, at) => [call.join(' '), at] as const))(
    'npm run %s says so in plain words, and does nothing',
    (_, at) => {
      const { code, output, errors } = answers[at] ?? {};

      expect(errors?.join('\n')).toMatch(/^[^\n]+(\nUsage: [^\n]+)?$/);
      expect(output).toEqual([]);
      expect([1, 2]).toContain(code);
    },
  );

  it.each(
    calls.map((call, at) => [call.join(' '), at] as const).filter(([call]) => call.endsWith('bob smith')),
  )('npm run %s says what a user id is', (_, at) => {
    expect(answers[at]?.errors.join('\n')).toMatch(/^--user bob smith is not a user id: /);
  });

  it.each(names.map((name, at) => [name, at] as const))('npm run %s names an unknown option', (_, at) => {
    expect(answers[at]?.errors.join('\n')).toContain('--no-such-option');
  });
});
