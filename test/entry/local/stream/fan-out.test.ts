import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { toPublicationRow } from '../../../../src/adapters/dynamodb/log/publication-row.js';
import { readStreamRecord } from '../../../../src/adapters/dynamodb/log/read-stream-record.js';
import type { Row } from '../../../../src/adapters/dynamodb/table/table.js';
import { JsonText } from '../../../../src/domain/json/json-text.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { createFanOut } from '../../../../src/entry/lambda/handlers/create-fan-out.js';
import { EventSourceMapping } from '../../../../src/entry/local/stream/event-source-mapping.js';
import { readStreamFunction } from '../../../../src/entry/local/stream/mapping-settings.js';
import { type StreamRecord, toStreamRecord } from '../../../../src/entry/local/stream/stream-record.js';
import { connectEvent, messageEvent, routerWorld } from '../../../robustness/fuzz/router-world.js';

const { mapping: settings, timeout } = readStreamFunction(
  new URL('../../../../serverless.yml', import.meta.url),
  'fanOut',
);

const ALICE = 'Alice12345678900=';

const publication = (room: string, offset: number, data: unknown = offset): Row =>
  toPublicationRow(
    { room, epoch: '1760000000000-abcdef', offset },
    { from: 'bob', data: JsonText.of(data), requestId: 'r' },
    { id: `${room}${offset}`, at: Date.now(), expiresAt: Date.now() + 60_000, handOver: true },
  );

interface Frame {
  type: string;
  room: string;
  items: { offset: number }[];
}

describe('Fan-out, from the stream', () => {
  let world: ReturnType<typeof routerWorld>;
  let givenUp: StreamRecord[];
  let stream: EventSourceMapping;
  let written = 0;
  const write = (newImage: Row) => {
    written += 1;
    stream.add(toStreamRecord({ eventName: 'INSERT', key: newImage, newImage }, written, 'messages'));
  };
  const received = () => world.clients.received(ALICE) as Frame[];

  beforeEach(async () => {
    world = routerWorld();
    world.clients.open(ALICE);
    await world.handler(connectEvent(ALICE));
    await world.handler(messageEvent('join', '{"action":"join","room":"lobby"}', ALICE));
    givenUp = [];
    stream = new EventSourceMapping({
      settings,
      timeout,
      retryMs: 0,
      handler: createFanOut(world.application, readStreamRecord, new EventLog('silent')),
      onFailure: (records) => givenUp.push(...records),
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('leaves a room to the next attempt if others took all the time', async () => {
    const begun = Date.now();
    let passed = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => begun + passed);
    const send = world.clients.send.bind(world.clients);
    jest.spyOn(world.clients, 'send').mockImplementation(async (...push) => {
      passed = timeout * 1_000;
      return send(...push);
    });
    const records = [publication('*', 1), publication('lobby', 1)].map((newImage, index) =>
      toStreamRecord({ eventName: 'INSERT', key: newImage, newImage }, index, 'messages'),
    );
    const fanOut = createFanOut(world.application, readStreamRecord, new EventLog('silent'));

    const result = await fanOut(
      { Records: records },
      { getRemainingTimeInMillis: () => timeout * 1_000 - passed },
    );

    expect(received().map(({ room }) => room)).toEqual(['*']);
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: records[1]?.dynamodb.SequenceNumber }]);
  });

  it('gives each connection one frame for each room of a batch, in the order of the offsets', async () => {
    for (const offset of [2, 1, 3]) write(publication('lobby', offset));
    write(publication('*', 1));
    write(publication('elsewhere', 1));
    await stream.idle();

    expect(
      received().map(({ type, room, items }) => [type, room, items.map(({ offset }) => offset)]),
    ).toEqual([
      ['messages', 'lobby', [1, 2, 3]],
      ['messages', '*', [1]],
    ]);
  });

  it('divides more than 32 KiB into as many frames as needed', async () => {
    for (let offset = 1; offset <= 60; offset += 1)
      write(publication('lobby', offset, 'ä'.repeat(offset % 7 === 0 ? 8_190 : 700)));
    await stream.idle();

    const sizes = received().map((frame) => Buffer.byteLength(JSON.stringify(frame)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(32 * 1024);
    expect(sizes.length).toBeLessThan(20);
    const offsets = received().flatMap(({ items }) => items.map(({ offset }) => offset));
    expect(offsets).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it('pushes a publication once that is in the batch twice', async () => {
    for (const offset of [1, 1, 2, 1]) write(publication('lobby', offset));
    await stream.idle();

    expect(received().map(({ items }) => items.length)).toEqual([2]);
  });

  it('gives up a poison record, and serves all others before and after it', async () => {
    const poison = { pk: 'LOG#lobby', sk: 'no slot', fanOut: 'x', data: 'kept' };
    write(publication('lobby', 1));
    write(poison);
    write(publication('lobby', 2));
    await stream.idle();
    write(publication('lobby', 3));
    await stream.idle();

    const offsets = received().flatMap(({ items }) => items.map(({ offset }) => offset));
    expect(new Set(offsets)).toEqual(new Set([1, 2, 3]));
    expect(givenUp).toHaveLength(1);
    expect(givenUp[0]?.dynamodb.NewImage).toMatchObject({ sk: { S: 'no slot' }, data: { S: 'kept' } });
  });

  it.each([
    ['with data that is no JSON', { data: '{' }],
    ['without a sender', { from: undefined }],
    ['with a time that is a text', { at: 'now' }],
    ['that is a seal', { data: undefined, seal: true }],
    ['of a claim', { pk: 'CLAIM#lobby#bob#k' }],
  ])('treats a row %s as poison', async (_, changed) => {
    write({ ...publication('lobby', 1), ...changed } as Row);
    await stream.idle();

    expect(givenUp).toHaveLength(1);
    expect(received()).toEqual([]);
  });
});
