import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from '@jest/globals';
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
  });
});

describe('npm run export', () => {
  it('ends with 1 and one line where the data folder cannot be one', async () => {
    const options = ['--from', 'dynamodb', '--folder', '/proc/x', '--file', join(folder, 'none.jsonl')];
    const ended = await run('export', options);

    expect(ended.errors).toMatch(plain('DATA_FOLDER /proc/x cannot be written to.'));
    expect(ended.code).toBe(1);
  });

  it('does not stop publishing where it cannot write its file', async () => {
    const file = join(folder, 'missing', 'rooms.jsonl');
    const options = ['--from', 'dynamodb', '--folder', join(folder, 'data'), '--file', file];
    const ended = await run('export', options);

    expect(ended.output).toBe('');
    expect(ended.errors).toMatch(plain(`${file} cannot be written: ENOENT`));
    expect(ended.code).toBe(1);
  });
});

describeOnMySql('npm run export of a MySQL', (mysql) => {
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
