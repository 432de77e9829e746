import { describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../../src/adapters/mysql/migrations/migrations.js';

const procedures = MIGRATIONS.flatMap(({ statements }) => statements).flatMap((statement) => {
  const [, name] = /^CREATE PROCEDURE (\S+)/.exec(statement) ?? [];
  return name === undefined ? [] : [{ name, steps: statement.split(';') }];
});

/** The reads between the start of a transaction and its end, which comes with the last `COMMIT`. */
const readsInTransaction = (steps: readonly string[]): string[] => {
  const first = steps.findIndex((step) => /START TRANSACTION/.test(step));
  const last = steps.findLastIndex((step) => /\bCOMMIT\s*$/.test(step));
  if (first < 0) return [];
  return steps
    .slice(first, last)
    .filter((step) => /\bFROM switchboard_/.test(step) && /\bSELECT\b/.test(step));
};

// MariaDB 10.11.19: in 1 of about 10,000 new rooms, two appends at once with one key both found the key unused.
describe('A transaction on MySQL', () => {
  it.each(procedures)('reads nothing that it does not lock: $name', ({ steps }) => {
    for (const read of readsInTransaction(steps))
      expect(read).toMatch(/\b(FOR UPDATE|LOCK IN SHARE MODE)\s*$/);
  });

  it('is looked at in each procedure that decides by what it reads', () => {
    const reading = procedures.filter(({ steps }) => readsInTransaction(steps).length > 0);
    expect(reading.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'switchboard_append',
        'switchboard_begin',
        'switchboard_count',
        'switchboard_join',
      ]),
    );
  });
});
