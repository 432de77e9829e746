import { describe, expect, it } from '@jest/globals';
import { readStreamRecord } from '../../../../src/adapters/dynamodb/log/read-stream-record.js';
import { MemoryStore } from '../../../../src/adapters/in-memory/memory-store.js';
import { InMemoryPieceQueue } from '../../../../src/adapters/in-memory/piece-queue.js';
import { InMemoryRoomRepository } from '../../../../src/adapters/in-memory/room-repository.js';
import { DeliverPublications } from '../../../../src/application/delivery/deliver-publications.js';
import type { FanOut } from '../../../../src/application/delivery/fan-out.js';
import type { Application } from '../../../../src/entry/application.js';
import { createAuthorizer } from '../../../../src/entry/lambda/handlers/create-authorizer.js';
import { createFanOut } from '../../../../src/entry/lambda/handlers/create-fan-out.js';
import { createPieces } from '../../../../src/entry/lambda/handlers/create-pieces.js';
import { createRouter } from '../../../../src/entry/lambda/handlers/create-router.js';
import { createDisconnectUser } from '../../../../src/entry/lambda/operators/create-disconnect-user.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';
import { CANARY, captureLog } from '../support/capture-log.js';
import { InMemoryTokenWorld } from '../support/in-memory-token-world.js';

/** An error as a broken dependency may throw it, with secrets in its properties. */
const burdened = (error: Error): Error =>
  Object.assign(error, {
    $metadata: { httpStatusCode: 400 },
    $response: { body: CANARY },
    config: { token: CANARY },
    input: CANARY,
  });

const BUGS: [name: string, error: unknown][] = [
  ['an SDK’s error', burdened(new Error('The conditional request failed'))],
  ['a parser’s error', new SyntaxError(`Unexpected token in ${CANARY}`)],
  ['an error with a cause', new Error('outer', { cause: burdened(new Error(CANARY)) })],
  ['a text', CANARY],
  ['an object', { data: CANARY }],
  ['nothing', undefined],
];

const context = {
  eventType: 'MESSAGE',
  routeKey: 'broadcast',
  connectionId: 'c=',
  requestId: 'r=',
  connectedAt: 1,
  identity: { sourceIp: CANARY, userAgent: CANARY },
  authorizer: { userId: 'alice', principalId: 'alice', permissions: CANARY },
};

const failing = (error: unknown): Application =>
  new Proxy({} as Application, {
    get: () => new Proxy({}, { get: () => () => Promise.reject(error) }),
  });

describe.each(BUGS)('When a use case throws %s', (_, error) => {
  it('the router logs a line without its other properties, and the client gets even less', async () => {
    const { log, ...kept } = captureLog();
    const router = createRouter(failing(error), log);

    const result = await router({
      requestContext: context,
      body: `{"action":"broadcast","data":"${CANARY}"}`,
    });

    expect(JSON.parse(String(result.body))).toEqual({
      type: 'error',
      id: null,
      code: 'internal',
      message: 'Something went wrong: try again with the same key.',
      retryable: true,
      requestId: 'r=',
    });
    kept.expectOneLine({ requestId: 'r=', connectionId: 'c=', route: 'broadcast', outcome: 'internal' });
  });

  it('the authorizer also logs such a line, and throws only a code', async () => {
    const { log, ...kept } = captureLog();
    const authorizer = createAuthorizer(failing(error).authorizeConnection, log);
    const event = {
      methodArn: 'arn',
      headers: { Authorization: `Bearer ${CANARY}` },
      queryStringParameters: { token: CANARY },
      requestContext: context,
    };

    await expect(authorizer(event)).rejects.toThrow(/^internal$/);
    kept.expectOneLine({ requestId: 'r=', connectionId: 'c=', route: 'authorizer', outcome: 'internal' });
  });

  it('an operator’s function does the same', async () => {
    const { log, ...kept } = captureLog();
    const kick = createDisconnectUser(failing(error), log);

    await expect(kick({ userId: 'alice' }, { awsRequestId: 'r=' })).rejects.toThrow(/^internal$/);
    kept.expectOneLine({ requestId: 'r=', route: 'disconnect-user', outcome: 'internal', userId: 'alice' });
  });

  it('fan-out logs the request ids of the publications', async () => {
    const { log, ...kept } = captureLog();
    const failingFanOut = { deliver: () => Promise.reject(error) } as Partial<FanOut> as FanOut;
    const clock = new VirtualClock();
    const rooms = new InMemoryRoomRepository(new MemoryStore(), clock);
    const queue = new InMemoryPieceQueue(clock);
    const deliverPublications = new DeliverPublications(failingFanOut, rooms, queue, clock, 10);
    const application = { deliverPublications } as Partial<Application> as Application;
    const fanOut = createFanOut(application, readStreamRecord, log);

    const result = await fanOut({ Records: [record({})] }, { getRemainingTimeInMillis: () => 60_000 });

    expect(result.batchItemFailures).toEqual([{ itemIdentifier: '7' }]);
    kept.expectOneLine({ requestIds: ['published='], route: 'fan-out', outcome: 'internal' });
  });

  it('the consumer of pieces does the same', async () => {
    const { log, ...kept } = captureLog();
    const execute = async (pieces: readonly object[]) => [
      { room: 'lobby', section: {}, pieces, publications: [], durationMs: 0, error },
    ];
    const application = { servePieces: { execute } } as unknown as Application;
    const pieces = createPieces(application, () => ({ room: 'lobby', section: {}, places: [] }), log);
    const message = { messageId: '7', body: CANARY, attributes: ATTRIBUTES };

    const result = await pieces({ Records: [message] }, { getRemainingTimeInMillis: () => 60_000 });

    expect(result.batchItemFailures).toEqual([{ itemIdentifier: '7' }]);
    kept.expectOneLine({ route: 'pieces', outcome: 'internal' });
  });
});

const ATTRIBUTES = {
  SentTimestamp: '0',
  ApproximateFirstReceiveTimestamp: '0',
  ApproximateReceiveCount: '1',
};

const record = (image: object) => ({
  dynamodb: {
    SequenceNumber: '7',
    NewImage: {
      pk: { S: 'LOG#lobby' },
      sk: { S: '0000000000001-aaaaaa#0000000000000001' },
      id: { S: 'i' },
      from: { S: 'alice' },
      at: { N: '1' },
      data: { S: `"${CANARY}"` },
      requestId: { S: 'published=' },
      ...image,
    },
  },
});

describe('A stream record that is no publication', () => {
  it.each<[string, object]>([
    ['has data that is no JSON', { data: { S: CANARY } }],
    ['has half of the data', { data: { S: `"${CANARY}` } }],
    ['has data of another type', { data: { M: { [CANARY]: { S: CANARY } } } }],
    ['has data of an unknown type', { data: { [CANARY]: CANARY } }],
    ['has a number that no computer holds', { data: { N: '1234123412341234123412341234.5' } }],
    ['has no sender', { from: { NULL: true } }],
    ['is another row', { pk: { S: 'CLAIM#lobby#alice#k' } }],
  ])('%s: it is reported, and its content is not logged', async (_, image) => {
    const { log, ...kept } = captureLog();
    const fanOut = createFanOut(new InMemoryTokenWorld().app, readStreamRecord, log);

    const result = await fanOut({ Records: [record(image)] }, { getRemainingTimeInMillis: () => 60_000 });

    expect(result.batchItemFailures).toEqual([{ itemIdentifier: '7' }]);
    kept.expectOneLine({ sequenceNumber: '7' });
    expect(kept.text()).not.toContain('12341234');
  });
});
