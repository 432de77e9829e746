import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { DynamoDBHandover } from '../../../../src/adapters/dynamodb/log/handover.js';
import { DynamoDBPublicationLog } from '../../../../src/adapters/dynamodb/log/publication-log.js';
import type { Row, Table } from '../../../../src/adapters/dynamodb/table/table.js';
import { SystemRandom } from '../../../../src/adapters/system/system-random.js';
import { JsonText } from '../../../../src/domain/json/json-text.js';
import { type Publication, RETENTION_MS } from '../../../../src/domain/publications/publication.js';
import { append, contents, dataOf, draft } from '../../../contracts/publication-log/publication-logs.js';
import { TestDynamoDB } from '../../../support/servers/dynamodb.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';

const dynamodb = new TestDynamoDB();

describe('a publication log on DynamoDB', () => {
  let table: Table;
  let clock: VirtualClock;
  let log: DynamoDBPublicationLog;
  const over = (seam: Table) => new DynamoDBPublicationLog(seam, clock, new SystemRandom());
  const handOver = (publication: Publication) =>
    new DynamoDBHandover(table, new SystemRandom()).handOver(publication);
  const withPut = (put: Table['put']): Table => ({
    now: () => table.now(),
    get: (key) => table.get(key),
    query: (query) => table.query(query),
    count: (pk, atMost) => table.count(pk, atMost),
    put,
    update: (key, change, onlyIf) => table.update(key, change, onlyIf),
    delete: (key) => table.delete(key),
    putAll: (items) => table.putAll(items),
  });
  const rows = async (): Promise<Row[]> => (await table.query({ pk: 'LOG#lobby' })).rows;

  beforeEach(async () => {
    table = await dynamodb.table();
    clock = new VirtualClock();
    log = over(table);
  });

  it("stores data as text, and the row's expiry in whole seconds", async () => {
    const startedAt = clock.now();
    const { publication } = await append(log, { constructor: 1 }, 'key');

    const [row, meta] = await rows();
    const expiresAt = clock.now() + RETENTION_MS + 2 * 3_600_000;
    expect(row).toEqual({
      pk: 'LOG#lobby',
      sk: `${publication.epoch}#0000000000000001`,
      id: publication.id,
      from: 'alice',
      at: clock.now(),
      data: '{"constructor":1}',
      requestId: 'request',
      key: 'key',
      expiresAt,
      ttl: Math.ceil(expiresAt / 1000),
    });
    expect(meta).toEqual({ pk: 'LOG#lobby', sk: 'META', epoch: publication.epoch, startedAt });
  });

  it('stores the text of data byte for byte, and compares a key’s data by its hash', async () => {
    const data = JsonText.stored('{"b" : 1.0, "a":"\\u00e4"}');
    await log.append('lobby', { from: 'alice', data, key: 'key', requestId: 'request' });

    expect((await rows())[0]?.data).toBe(data.text);
    const claim = await table.get({ pk: 'CLAIM#lobby#alice#key', sk: 'CLAIM' });
    expect(claim?.hash).toBe(createHash('sha256').update(data.text).digest('base64url'));
    expect((await contents(log))[0]?.data.text).toBe(data.text);
  });

  it('marks publications for the stream, with a new mark for each hand-over', async () => {
    const { publication } = await append(log, 1, undefined, 'lobby', { handOver: true });
    const first = (await rows())[0]?.fanOut;
    await handOver(publication);
    const second = (await rows())[0]?.fanOut;
    await handOver(publication);
    const third = (await rows())[0]?.fanOut;
    await append(log, 2);

    expect(first).toEqual(expect.any(String));
    expect(second).toEqual(expect.any(String));
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await rows())[1]).not.toHaveProperty('fanOut');
  });

  it('does not hand over a seal in the place of a deleted publication', async () => {
    const { publication } = await append(log, 1);
    clock.advance(RETENTION_MS + 3 * 3_600_000);
    for (const { pk, sk } of await rows()) if (sk !== 'META') await table.delete({ pk, sk });
    await log.head('lobby');

    await handOver(publication);

    expect((await rows())[0]).toMatchObject({ seal: true });
    expect((await rows())[0]).not.toHaveProperty('fanOut');
  });

  it('begins anew if DynamoDB has deleted every row except the room’s own', async () => {
    const { publication } = await append(log, 1);
    clock.advance(RETENTION_MS + 3 * 3_600_000);
    for (const { pk, sk } of await rows()) if (sk !== 'META') await table.delete({ pk, sk });

    const head = await log.head('lobby');
    expect(head.offset).toBe(0);
    expect(head.epoch > publication.epoch).toBe(true);
    expect(await contents(log)).toEqual([]);
  });

  it('never reuses an offset if DynamoDB has deleted the newest row before older ones', async () => {
    table = await dynamodb.table(clock);
    log = over(table);
    for (const n of [1, 2, 3]) await append(log, n);
    const old = await log.head('lobby');
    clock.advance(RETENTION_MS + 3 * 3_600_000);
    await table.delete({ pk: 'LOG#lobby', sk: `${old.epoch}#0000000000000003` });

    const { publication } = await append(log, 'anew');

    expect(publication.epoch).not.toBe(old.epoch);
    expect(publication.offset).toBe(1);
  });

  it('recognises a key whose publication is in an epoch that has ended since', async () => {
    const first = await append(log, 'one', 'key');
    const { epoch } = first.publication;
    const seal = { pk: 'LOG#lobby', sk: `${epoch}#0000000000000002`, seal: true, expiresAt: 1e13 };
    await table.put(seal);

    expect(await append(log, 'one', 'key')).toEqual({ ...first, repeated: true });
    expect((await append(log, 'two')).publication.epoch > epoch).toBe(true);
  });

  it('gives up with conflict after 8 s when another writer is always faster', async () => {
    const rival = over(table);
    const crowded = withPut(async (item, onlyIf) => {
      await rival.append('lobby', draft('faster'));
      return table.put(item, onlyIf);
    });
    const startedAt = clock.now();

    await expect(append(over(crowded), 'slow')).rejects.toMatchObject({ code: 'conflict', retryable: true });
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(8_000);
    expect(clock.now() - startedAt).toBeLessThan(9_000);
    expect((await contents(log)).every((it) => dataOf(it) === 'faster')).toBe(true);
  });

  it('continues with the next append after a failed one', async () => {
    const failing = over(
      withPut(async (item, onlyIf) => {
        if (item.data === '"bad"') throw new Error('on purpose');
        return table.put(item, onlyIf);
      }),
    );

    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map((data) => append(failing, data)));

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await contents(log)).map(dataOf)).toEqual(['a', 'b']);
  });
});
