import { beforeEach, expect, it } from '@jest/globals';
import { DynamoDBPublicationLog } from '../../../../src/adapters/dynamodb/log/publication-log.js';
import type { Key, Table } from '../../../../src/adapters/dynamodb/table/table.js';
import { SystemRandom } from '../../../../src/adapters/system/system-random.js';
import { RETENTION_MS } from '../../../../src/domain/publications/publication.js';
import { append, contents, dataOf, draft } from '../../../contracts/publication-log/publication-logs.js';
import { Rows } from '../../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../../robustness/torture/simulation/aws/simulated-table.js';
import { FaultyTable } from '../../../support/tables/faulty-table.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';

let clock: VirtualClock;
let table: Table;
const over = (seam: Table) => new DynamoDBPublicationLog(seam, clock, new SystemRandom());

const plain = (to: Table): Table => ({
  now: () => to.now(),
  get: (key, signal) => to.get(key, signal),
  query: (query) => to.query(query),
  count: (pk, atMost) => to.count(pk, atMost),
  put: (row, onlyIf) => to.put(row, onlyIf),
  update: (key, change, onlyIf) => to.update(key, change, onlyIf),
  delete: (key) => to.delete(key),
  putAll: (rows) => to.putAll(rows),
});

beforeEach(() => {
  clock = new VirtualClock();
  table = new SimulatedTable(new Rows(), AT_ONCE, undefined, () => clock.now());
});

it('a writer that slept while its epoch ended does not take the key’s claim out of the next one', async () => {
  await append(over(table), 'old');
  clock.advance(RETENTION_MS + 3_600_000 - 1_000);
  const beforeClaim = new FaultyTable(table, { at: 'claim', what: 'sleeps before' });
  const beforeSlot = new FaultyTable(beforeClaim, { at: 'publication', what: 'sleeps before' });
  const sleeper = append(over(beforeSlot), 'one', 'key');
  await beforeClaim.struck;
  clock.advance(2_000);
  const claimed = new FaultyTable(table, { at: 'publication', what: 'sleeps before' });
  const repeat = append(over(claimed), 'one', 'key');
  await claimed.struck;

  beforeClaim.wake();
  await beforeSlot.struck;
  claimed.wake();
  const { publication } = await repeat;
  beforeSlot.wake();

  expect(await sleeper).toEqual({ publication, repeated: true });
  expect(await contents(over(table))).toEqual([publication]);
});

it('a writer that slept while its epoch ended writes nothing beside the one that has the claim in the next', async () => {
  await append(over(table), 'old');
  clock.advance(RETENTION_MS + 3_600_000 - 1_000);
  const claimed = new FaultyTable(table, { at: 'publication', what: 'sleeps before' });
  let repeat: ReturnType<typeof append> | undefined;
  /** The other process writes after the sleeper has seen a free slot, before the sleeper takes it. */
  const other = async ({ pk, sk }: Key) => {
    if (!pk.startsWith('LOG#') || sk === 'META') return;
    claimed.wake();
    await repeat;
  };
  const racing: Table = {
    ...plain(table),
    get: async (key) => {
      const row = await table.get(key);
      await other(key);
      return row;
    },
    put: async (row, onlyIf) => {
      await other(row);
      return table.put(row, onlyIf);
    },
  };
  const beforeClaim = new FaultyTable(racing, { at: 'claim', what: 'sleeps before' });
  const sleeper = append(over(beforeClaim), 'one', 'key');
  await beforeClaim.struck;
  clock.advance(2_000);
  repeat = append(over(claimed), 'one', 'key');
  await claimed.struck;

  beforeClaim.wake();
  const { publication } = await repeat;

  expect(await sleeper).toEqual({ publication, repeated: true });
  expect(await contents(over(table))).toEqual([publication]);
});

it('does not mistake another user’s slot with the same key for its own', async () => {
  const dying = new FaultyTable(table, { at: 'publication', what: 'dies before' });
  void append(over(dying), 'of alice', 'key');
  await dying.struck;
  await over(table).append('lobby', draft('of bob', 'key', 'bob'));

  const { publication, repeated } = await append(over(table), 'of alice', 'key');

  expect({ from: publication.from, data: dataOf(publication), repeated }).toEqual({
    from: 'alice',
    data: 'of alice',
    repeated: false,
  });
  expect((await contents(over(table))).map(({ from }) => from)).toEqual(['bob', 'alice']);
});
