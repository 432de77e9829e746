import './long-lived.js';
import { ContainerModule } from 'inversify';
import { readStreamRecord } from '../../src/adapters/dynamodb/log/read-stream-record.js';
import { InMemoryPieceQueue } from '../../src/adapters/in-memory/piece-queue.js';
import { toMessage, toPiece } from '../../src/adapters/sqs/piece-message.js';
import { SystemClock } from '../../src/adapters/system/system-clock.js';
import { ALL_PERMISSIONS, formatPermissions } from '../../src/domain/access/permissions.js';
import { TOKENS } from '../../src/entry/bindings/tokens.js';
import { createFanOut } from '../../src/entry/lambda/handlers/create-fan-out.js';
import { createPieces } from '../../src/entry/lambda/handlers/create-pieces.js';
import { createLambdaApplication } from '../../src/entry/lambda/handlers/lambda-application.js';
import { handler as router } from '../../src/entry/lambda/router.js';
import { sinceLongAgo } from './long-lived.js';
import { measured } from './measured.js';

// One broadcast through the deployed handlers: a frame to the router, which appends it, the record of it to fan-out, and what
// that cuts to pieces. The queue between them is a variable.

/** Pieces of one batch, as in `serverless.yml`. */
const BATCH_SIZE = 2;

/**
 * On AWS, up to 16 instances with a processor each. Here one process does their work: while one batch reads, another
 * posts.
 */
const BATCHES_AT_ONCE = 2;

const queue = new InMemoryPieceQueue(new SystemClock());
const { application, log } = createLambdaApplication(process.env, {
  queue: () => new ContainerModule(({ bind }) => void bind(TOKENS.pieces).toConstantValue(queue)),
});
const fanOut = createFanOut(application, readStreamRecord, log);
const pieces = createPieces(application, toPiece, log);
sinceLongAgo();

const context = { getRemainingTimeInMillis: () => 120_000 };

const queued = () => {
  const now = String(Date.now());
  return queue.take().map((piece, index) => ({
    messageId: String(index),
    body: String(toMessage(piece, index).MessageBody),
    attributes: {
      SentTimestamp: now,
      ApproximateFirstReceiveTimestamp: now,
      ApproximateReceiveCount: '1',
    },
  }));
};

const event = (data: string) => ({
  requestContext: {
    eventType: 'MESSAGE',
    routeKey: 'broadcast',
    connectionId: 'MDAwMDAwMDAwMDA=',
    requestId: 'QkJ3eE4oDoEEJ5A=',
    connectedAt: 1_760_000_000_000,
    authorizer: { principalId: 'user-0', userId: 'user-0', permissions: formatPermissions(ALL_PERMISSIONS) },
  },
  body: JSON.stringify({ action: 'broadcast', data }),
});

const record = ({ epoch, offset }: { epoch: string; offset: number }, data: string) => ({
  Records: [
    {
      dynamodb: {
        SequenceNumber: String(offset),
        NewImage: {
          pk: { S: 'LOG#*' },
          sk: { S: `${epoch}#${String(offset).padStart(16, '0')}` },
          id: { S: `publication-${offset}` },
          from: { S: 'user-0' },
          at: { N: '1760000000000' },
          data: { S: JSON.stringify(data) },
          requestId: { S: 'QkJ3eE4oDoEEJ5A=' },
          fanOut: { S: `publication-${offset}` },
        },
      },
    },
  ],
});

let broadcasts = 0;
measured(async () => {
  broadcasts += 1;
  const data = `hello ${broadcasts}`;
  const reply = await router(event(data));
  if (!String(reply?.body).includes('"type":"ack"')) throw new Error(`Not acked: ${reply?.body}`);
  const startedAt = process.hrtime.bigint();
  const results = [await fanOut(record(JSON.parse(String(reply?.body)), data), context)];
  const waiting = queued();
  const instance = async (): Promise<void> => {
    for (let batch = waiting.splice(0, BATCH_SIZE); batch.length > 0; batch = waiting.splice(0, BATCH_SIZE))
      results.push(await pieces({ Records: batch }, context));
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, instance));
  if (results.some(({ batchItemFailures }) => batchItemFailures.length > 0))
    throw new Error('Fan-out has failed');
  return startedAt;
});
