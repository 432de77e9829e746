import { ALL_PERMISSIONS, formatPermissions } from '../../src/domain/access/permissions.js';
import { handler as fanOut } from '../../src/entry/lambda/fan-out.js';
import { handler as router } from '../../src/entry/lambda/router.js';
import { measured } from './measured.js';

// One broadcast through the deployed handlers: a frame to the router, which appends it, and the record of it to fan-out.

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

const record = (offset: number, data: string) => ({
  Records: [
    {
      dynamodb: {
        SequenceNumber: String(offset),
        NewImage: {
          pk: { S: 'LOG#*' },
          sk: { S: `1760000000000-aaaaaa#${String(offset).padStart(16, '0')}` },
          id: { S: `publication-${offset}` },
          from: { S: 'user-0' },
          at: { N: '1760000000000' },
          data: { S: JSON.stringify(data) },
          requestId: { S: 'QkJ3eE4oDoEEJ5A=' },
          fanOut: { S: 'publication' },
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
  const { batchItemFailures } = await fanOut(record(broadcasts, data), {
    getRemainingTimeInMillis: () => 120_000,
  });
  if (batchItemFailures.length > 0) throw new Error('Fan-out has failed');
  return startedAt;
});
