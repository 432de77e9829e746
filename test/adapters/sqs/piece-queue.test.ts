import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createQueueClient } from '../../../src/adapters/sqs/create-queue-client.js';
import { SqsPieceQueue } from '../../../src/adapters/sqs/piece-queue.js';
import { md5 } from '../../../src/entry/local/queue/queue-record.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { pieceOf } from '../../contracts/piece-queue.contract.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

interface Entry {
  Id: string;
  MessageBody: string;
}

/** An SQS that takes all messages but one, as it may under load. */
let server: Server;
let queue: SqsPieceQueue;

beforeEach(async () => {
  server = createServer(async (request, response) => {
    const { Entries } = JSON.parse((await request.toArray()).join('')) as { Entries: Entry[] };
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(
      JSON.stringify({
        Successful: Entries.slice(1).map(({ Id, MessageBody }) => ({
          Id,
          MessageId: Id,
          MD5OfMessageBody: md5(MessageBody),
        })),
        Failed: [{ Id: Entries[0]?.Id, Code: 'InternalError', SenderFault: false }],
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const urls = { pieces: `${endpoint}/1/pieces.fifo`, failures: `${endpoint}/1/failures.fifo` };
  queue = new SqsPieceQueue(createQueueClient({ ...ANY_ACCESS, endpoint }), urls);
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

it.each(['add', 'giveUp'] as const)('%s fails if SQS refuses one message of a batch', async (method) => {
  const pieces = [1, 2, 3].map((offset) => pieceOf(offset));

  await expect(queue[method](pieces)).rejects.toMatchObject({ code: 'unavailable' });
});
