import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../../../../gateway/http/read-body.js';
import { admitOwnRequests } from '../storage/own-requests.js';
import type { FifoMessage, FifoQueue } from './fifo-queue.js';
import { md5 } from './queue-record.js';

export interface QueueServer {
  endpoint: string;
  urlOf(name: string): string;
  stop(): Promise<void>;
}

interface Question {
  QueueUrl: string;
  Entries?: { Id: string; MessageBody: string; MessageGroupId: string; MessageDeduplicationId: string }[];
  MaxNumberOfMessages?: number;
  ReceiptHandle?: string;
}

/** The largest request, envelope included: SQS takes 1 MiB of messages. */
const BATCH_BYTES = 2 * 1024 * 1024;

/** Serves FIFO queues, by name, to requests with the key. It speaks only the part of SQS's protocol that is used here. */
export const startQueueServer = async (
  queues: ReadonlyMap<string, FifoQueue>,
  accessKeyId: string,
): Promise<QueueServer> => {
  const server = createServer((request, response) => {
    answer(request, response, queues).catch((error: Error) => refuse(response, 500, error.message));
  });
  admitOwnRequests(server, accessKeyId);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    urlOf: (name) => `${endpoint}/000000000000/${name}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** The most messages in one request. */
const BATCH_SIZE = 10;

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  queues: ReadonlyMap<string, FifoQueue>,
): Promise<void> => {
  const body = await readBody(request, BATCH_BYTES);
  if (body === undefined) return refuse(response, 413, 'AWS.SimpleQueueService.BatchRequestTooLong');
  const question = JSON.parse(body) as Question;
  const queue = queues.get(question.QueueUrl.split('/').at(-1) ?? '');
  const operation = OPERATIONS.get(String(request.headers['x-amz-target']));
  if (!queue) return refuse(response, 400, 'AWS.SimpleQueueService.NonExistentQueue');
  if (!operation) return refuse(response, 400, 'UnknownOperationException');
  if ((question.Entries?.length ?? 0) > BATCH_SIZE)
    return refuse(response, 400, 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest');
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(JSON.stringify(operation(queue, question)));
};

const operations: Record<string, (queue: FifoQueue, question: Question) => object> = {
  'AmazonSQS.SendMessageBatch': (queue, { Entries = [] }) => ({
    Successful: Entries.map((entry) => {
      const { messageId, sequenceNumber } = queue.send({
        body: entry.MessageBody,
        groupId: entry.MessageGroupId,
        deduplicationId: entry.MessageDeduplicationId,
      });
      return {
        Id: entry.Id,
        MessageId: messageId,
        MD5OfMessageBody: md5(entry.MessageBody),
        SequenceNumber: String(sequenceNumber),
      };
    }),
    Failed: [],
  }),
  'AmazonSQS.ReceiveMessage': (queue, { MaxNumberOfMessages = 1 }) => ({
    Messages: queue.receive(MaxNumberOfMessages).map(asReceived),
  }),
  'AmazonSQS.DeleteMessage': (queue, { ReceiptHandle = '' }) => {
    queue.delete(ReceiptHandle);
    return {};
  },
};

const OPERATIONS = new Map(Object.entries(operations));

const asReceived = ({ messageId, body, sentAt, groupId }: FifoMessage) => ({
  MessageId: messageId,
  ReceiptHandle: messageId,
  Body: body,
  MD5OfBody: md5(body),
  Attributes: { SentTimestamp: String(sentAt), MessageGroupId: groupId },
});

const refuse = (response: ServerResponse, status: number, type: string): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: type, message: type }));
};
