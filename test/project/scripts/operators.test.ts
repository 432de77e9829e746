import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { BuiltProgram } from '../../support/programs/built-program.js';

const run = promisify(execFile);

describe('commands of operators', () => {
  let switchboard: Switchboard;
  const programs = new Map(
    ['erase', 'publish', 'remove-user'].map((name) => [
      name,
      new BuiltProgram(`scripts/operators/${name}.ts`),
    ]),
  );
  const command = async (script: string, ...args: string[]) => {
    const env = { ...process.env, PORT: String(switchboard.gateway.port) };
    const command = [programs.get(script)?.file ?? '', ...args];
    const { stdout, stderr } = await run(process.execPath, command, { env }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    return stdout + stderr;
  };

  beforeAll(async () => {
    switchboard = await startSwitchboard({
      port: 0,
      memory: true,
      dataFolder: undefined,
      env: { LOG_LEVEL: 'silent' },
      gateway: { host: '127.0.0.1' },
    });
  });
  afterAll(() => switchboard.stop());

  it('erase a room or an inbox', async () => {
    await command('publish', '--room', 'lobby', '1');
    await command('publish', '--to', '-7f3c', '2');

    expect(await command('erase', '--room', 'lobby')).toBe('Erased 1 message of lobby\n');
    expect(await command('erase', '--inbox', '-7f3c')).toBe('Erased 1 message of the inbox of -7f3c\n');
    expect(await command('erase', '--inbox', '-7f3c')).toBe('Erased 0 messages of the inbox of -7f3c\n');
    expect(await command('erase', '--room', 'a', '--inbox', 'b')).toMatch(/^Usage: /);
    expect(await command('erase', '--room', '@b')).toMatch(
      /^--room @b is not a room that clients join: [^\n]+\n$/,
    );
    expect(await command('erase', '--inbox', 'a b')).toMatch(/^--inbox a b is not a user id: [^\n]+\n$/);
    expect(await command('erase', '--room', '*')).toBe('Erased 0 messages of *\n');
  });

  it('remove a user from a room', async () => {
    expect(await command('remove-user', '--user', 'alice', '--room', 'lobby')).toBe(
      'Removed 0 connections of alice from lobby\n',
    );
    expect(await command('remove-user', '--user', 'alice')).toMatch(/^Usage: /);
    expect(await command('remove-user', '--user', 'alice', '--room', '*')).toMatch(
      /^--room \* is not a room that clients join: [^\n]+\n$/,
    );
  });
});
