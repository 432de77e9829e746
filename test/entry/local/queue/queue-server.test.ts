import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FifoQueue } from '../../../../src/entry/local/queue/fifo-queue.js';
import { type QueueServer, startQueueServer } from '../../../../src/entry/local/queue/queue-server.js';

describe('the local queue’s server', () => {
  let queue: FifoQueue;
  let server: QueueServer;

  beforeEach(async () => {
    queue = new FifoQueue({ visibilityTimeout: 30 });
    server = await startQueueServer(new Map([['queue.fifo', queue]]), 'own-key');
  });
  afterEach(() => server.stop());

  const ask = async (body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(server.endpoint, {
      method: 'POST',
      body,
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=own-key/x',
        'x-amz-target': 'AmazonSQS.SendMessageBatch',
        ...headers,
      },
    });
    return { status: answer.status, text: await answer.text() };
  };
  const sending = (MessageBody: string) =>
    JSON.stringify({
      QueueUrl: server.urlOf('queue.fifo'),
      Entries: [
        { Id: '0', MessageBody, MessageGroupId: 'g', MessageDeduplicationId: MessageBody.slice(0, 9) },
      ],
    });

  it('takes what this process sends, and nothing of a page or another program', async () => {
    expect(await ask(sending('one'))).toMatchObject({ status: 200 });
    expect(await ask(sending('two'), { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(await ask(sending('two'), { authorization: 'AWS4-HMAC-SHA256 Credential=local/x' })).toMatchObject(
      { status: 403 },
    );

    expect(queue.messages.map(({ body }) => body)).toEqual(['one']);
  });

  it('reads no more than SQS takes', async () => {
    expect(await ask(sending('x'.repeat(2 * 1024 * 1024)))).toMatchObject({ status: 413 });
    expect(queue.messages).toEqual([]);
  });

  it.each(['constructor', '__proto__', 'AmazonSQS.PurgeQueue'])('knows no operation %s', async (target) => {
    const { status, text } = await ask(sending('one'), { 'x-amz-target': target });

    expect(status).toBe(400);
    expect(text).toContain('UnknownOperationException');
  });
});
