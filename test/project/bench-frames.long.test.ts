import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import type { ResultRow } from '../../bench/result-row.js';

// On a small scale, which measures nothing. The other parts take longer: bench.long.test.ts.
it('measures broadcasts and frames, and prints numbers for programs', async () => {
  const args = [
    '--import',
    'tsx',
    'bench/main.ts',
    '--quick',
    '--json',
    '--only',
    'broadcast',
    '--only',
    'frames',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { rows } = JSON.parse(stdout) as { rows: ResultRow[] };

  expect(rows.map(({ what }) => what)).toEqual(
    expect.arrayContaining([
      'CPU ÷ raw posts',
      'RSS ÷ plain pattern',
      'publish to ten: CPU above the bare calls',
      'send: CPU above the bare calls',
      'history of 50: CPU above the bare calls',
      'ping for three rooms: CPU above the bare calls',
    ]),
  );
  expect(rows).toContainEqual(expect.objectContaining({ what: 'members who were not reached', median: 0 }));
  for (const { median, low, high } of rows)
    for (const value of [median, low, high]) expect(value).toEqual(expect.any(Number));
});
