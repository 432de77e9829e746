import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { toPiece } from '../../../src/adapters/sqs/piece-message.js';
import type { QueueAttributes } from '../../../src/entry/lambda/handlers/create-pieces.js';

export interface GivenUpPiece {
  readonly body: string;
  readonly receiptHandle: string;
  /** When it was put aside, or when SQS last delivered it without success. */
  readonly at: string;
}

/** Longer than it takes to read all messages, so that none is seen twice. */
const HIDDEN_SECONDS = 120;

/** The pieces in a stage's queue of failures, and the function that serves pieces. */
export class GivenUpPieces {
  readonly #sqs = new SQSClient({});
  readonly #lambda = new LambdaClient({});

  constructor(
    private readonly queueUrl: string,
    private readonly pieces: string,
  ) {}

  async *all(): AsyncGenerator<GivenUpPiece> {
    for (;;) {
      const { Messages: messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HIDDEN_SECONDS,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (messages.length === 0) return;
      for (const { Body: body = '', ReceiptHandle: receiptHandle = '', Attributes } of messages) {
        const at = new Date(Number(Attributes?.SentTimestamp)).toISOString();
        yield { body, receiptHandle, at };
      }
    }
  }

  /** Resolves to whether it was pushed; then it is deleted. */
  async push({ body, receiptHandle }: GivenUpPiece): Promise<boolean> {
    // With a new age: at its real age, the function would put it aside again.
    const now = String(Date.now());
    const attributes: QueueAttributes = {
      SentTimestamp: now,
      ApproximateFirstReceiveTimestamp: now,
      ApproximateReceiveCount: '1',
    };
    const event = { Records: [{ messageId: randomUUID(), body, attributes, eventSource: 'aws:sqs' }] };
    const { FunctionError, Payload } = await this.#lambda.send(
      new InvokeCommand({ FunctionName: this.pieces, Payload: JSON.stringify(event) }),
    );
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) throw new Error(`The function failed: ${answer}`);
    const { batchItemFailures } = JSON.parse(answer) as { batchItemFailures: unknown[] };
    if (batchItemFailures.length > 0) return false;
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: receiptHandle }));
    return true;
  }

  close(): void {
    this.#sqs.destroy();
    this.#lambda.destroy();
  }
}

/** Its room and section, with the offsets that were not pushed. */
export const describePiece = ({ body, at }: GivenUpPiece): string => {
  try {
    const { room, section, places } = toPiece(body);
    const offsets = places.map(({ offset }) => offset).join(',');
    return `${at}  a piece  ${room} ${offsets}  ${JSON.stringify(section)}`;
  } catch {
    return `${at}  a message that is no piece`;
  }
};
