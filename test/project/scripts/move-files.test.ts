import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventLog } from '../../../src/entry/event-log.js';
import { openStorage } from '../../../src/entry/local/storage/storage.js';
import { readSettings } from '../../../src/entry/settings.js';
import { BuiltProgram } from '../../support/programs/built-program.js';
import { describeOnMySql } from '../../support/servers/mysql.js';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-move-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAMS = {
  export: new BuiltProgram('scripts/storage/export.ts'),
  import: new BuiltProgram('scripts/storage/import.ts'),
};

/** `before`: what the shell does first. */
const run = async (
  name: keyof typeof PROGRAMS,
  options: string[],
  { env = {}, before = '' }: { env?: Record<string, string>; before?: string } = {},
) => {
  const child = spawn(
    'sh',
    ['-c', `${before}exec "$0" "$@"`, process.execPath, PROGRAMS[name].file, ...options],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { output, errors, code };
};

/** One plain line. */
const plain = (start: string) => new RegExp(`^${start.replaceAll(/[.\\/]/g, '\\$&')}[^\n]*\n$`);

describe('npm run import names a file that it cannot use in one line and ends with 1', () => {
  const file = join(folder, 'rooms.jsonl');

  it.each([
    ['a missing file', join(folder, 'missing.jsonl'), undefined, 'ENOENT: no such file'],
    ['a folder', folder, undefined, 'EISDIR: '],
    [
      'a file of something else',
      file,
      'hello\nyou\n',
      `${file} cannot be read: line 1 is no line of an export`,
    ],
    ['a file of other JSON', file, 'null\n', `${file} cannot be read: line 1 is no line of an export`],
    ['an empty file', file, '', `${file} is no export of this version`],
  ])('%s', async (_, path, content, start) => {
    if (content !== undefined) writeFileSync(path, content);

    const ended = await run('import', ['--to', 'dynamodb', '--folder', join(folder, 'data'), '--file', path]);

    expect(ended.errors).toMatch(plain(start));
    expect(ended.code).toBe(1);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('ends with 1 and one line where the data folder cannot be one', async () => {
    const whole = join(folder, 'whole.jsonl');
    const lines = [
      { switchboard: 'rooms', version: 1, movedAt: 1 },
      { end: true, rooms: 0, publications: 0 },
    ];
    writeFileSync(whole, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

    const ended = await run('import', ['--to', 'dynamodb', '--folder', '/proc/x', '--file', whole]);

    expect(ended.errors).toMatch(plain('DATA_FOLDER /proc/x cannot be written to.'));
    expect(ended.code).toBe(1);
  });
});

describe('npm run export', () => {
  const used = join(folder, 'used');
  beforeAll(async () => {
    const storage = await openStorage(readSettings({}), used, new EventLog('silent'));
    await storage.stop();
  });

  it.each(['/proc/x', join(folder, 'mistyped')])(
    'makes no store in a folder without one: %s',
    async (path) => {
      const file = join(folder, 'none.jsonl');
      const ended = await run('export', ['--from', 'dynamodb', '--folder', path, '--file', file]);

      expect(ended.output).toBe('');
      expect(ended.errors).toMatch(plain(`--folder ${path} is not a data folder of npm start`));
      expect(ended.code).toBe(1);
      expect([path, file].filter((one) => existsSync(one))).toEqual([]);
    },
  );

  it('does not stop publishing where it cannot write its file', async () => {
    const file = join(folder, 'missing', 'rooms.jsonl');
    const options = ['--from', 'dynamodb', '--folder', used, '--file', file];
    const ended = await run('export', options);

    expect(ended.output).toBe('');
    expect(ended.errors).toMatch(plain(`${file} cannot be written: ENOENT`));
    expect(ended.code).toBe(1);
  });
});

describe('npm run export of a MySQL', () => {
  it('says that MYSQL_URL is missing', async () => {
    const options = ['--from', 'mysql', '--file', join(folder, 'none.jsonl')];
    const ended = await run('export', options, { env: { MYSQL_URL: '' } });

    expect(ended.errors).toMatch(plain('MYSQL_URL is not set. Set it to a URL such as mysql://'));
    expect(ended.code).toBe(1);
  });
});

describeOnMySql('npm run export of a MySQL', (mysql) => {
  it('makes no schema in a database without one', async () => {
    const env = { MYSQL_URL: await mysql.url({ bare: true }) };
    const file = join(folder, 'bare.jsonl');

    const ended = await run('export', ['--from', 'mysql', '--file', file], { env });

    expect(ended.errors).toMatch(plain('MYSQL_URL: The MySQL database has no schema. Run npm run migrate.'));
    expect(ended.output).toBe('');
    expect(ended.code).toBe(1);
    expect(existsSync(file)).toBe(false);
    const again = await run('export', ['--from', 'mysql', '--file', file], { env });
    expect(again.errors).toBe(ended.errors);
  });

  it('does not stop publishing where it cannot write its file, and ends', async () => {
    const env = { MYSQL_URL: await mysql.url() };
    const file = join(folder, 'missing', 'rooms.jsonl');

    const ended = await run('export', ['--from', 'mysql', '--file', file], { env });

    expect(ended.errors).toMatch(plain(`${file} cannot be written: ENOENT`));
    expect(ended.code).toBe(1);
    const database = await mysql.open(env.MYSQL_URL);
    expect(await database.rows('SELECT moved_at FROM switchboard_moves', [])).toEqual([{ moved_at: null }]);
  });

  it('ends with 1 and one line on a full disk, and can be repeated', async () => {
    const env = { MYSQL_URL: await mysql.url() };
    const file = join(folder, 'full.jsonl');
    const options = ['--from', 'mysql', '--file', file];

    const full = await run('export', options, { env, before: 'ulimit -S -f 0; ' });
    const repeated = await run('export', options, { env });

    expect(full.errors).toMatch(plain(`${file} cannot be written: EFBIG`));
    expect(full.code).toBe(1);
    expect(repeated).toMatchObject({ code: 0, errors: '' });
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });
});
