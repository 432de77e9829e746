import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import type { ResultRow } from '../../bench/result-row.js';

const bench = async (...options: string[]): Promise<string> => {
  const args = ['--import', 'tsx', 'bench/main.ts', '--quick', ...options];
  return (await promisify(execFile)(process.execPath, args)).stdout;
};

const rowsOf = async (...options: string[]): Promise<ResultRow[]> => {
  const { rows } = JSON.parse(await bench('--json', ...options)) as { rows: ResultRow[] };
  for (const { median, low, high } of rows)
    for (const value of [median, low, high]) expect(value).toEqual(expect.any(Number));
  return rows;
};

it('measures a quota, and prints a table for people', async () => {
  const [, ...lines] = (await bench('--only', 'quota')).trim().split('\n');

  expect(lines).toContainEqual(expect.stringMatching(/^quota: living who were not served +0\.000 .* ok /));
  for (const line of lines) expect(line).toMatch(/ -?[\d.]+ +(%|\/s)? +-?[\d.]+ – -?[\d.]+/);
});

it('measures memory, for a room in pieces', async () => {
  expect(await rowsOf('--only', 'memory')).toContainEqual(
    expect.objectContaining({ what: 'RSS at 6,000 members ÷ at 60' }),
  );
});

it('measures how long each function takes to load', async () => {
  const rows = await rowsOf('--only', 'loading');

  for (const name of ['router', 'authorizer', 'fanOut', 'pieces', 'publish', 'eraseInbox'])
    expect(rows).toContainEqual(expect.objectContaining({ what: `loading ${name} ÷ an empty handler` }));
});

it('measures cursors', async () => {
  expect(await rowsOf('--only', 'cursors')).toContainEqual(
    expect.objectContaining({ what: 'cursors: frames refused', median: 0 }),
  );
});

it('refuses a part that there is not', async () => {
  await expect(bench('--only', 'everything')).rejects.toThrow('There is no part everything');
});

(process.env.MYSQL_URL ? it : it.skip)('measures frames on MySQL, beside DynamoDB', async () => {
  expect(await rowsOf('--store', 'mysql')).toContainEqual(
    expect.objectContaining({ what: 'publish to ten, MySQL: requests' }),
  );
});
