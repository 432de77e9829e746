import { createHash } from 'node:crypto';
import type { FifoMessage } from './fifo-queue.js';

/** One message in an event of SQS. */
export interface QueueRecord {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: {
    ApproximateReceiveCount: string;
    SentTimestamp: string;
    SequenceNumber: string;
    MessageGroupId: string;
    MessageDeduplicationId: string;
    SenderId: string;
    ApproximateFirstReceiveTimestamp: string;
  };
  messageAttributes: Record<string, never>;
  md5OfBody: string;
  eventSource: 'aws:sqs';
  eventSourceARN: string;
  awsRegion: string;
}

export const toQueueRecord = (message: FifoMessage): QueueRecord => ({
  messageId: message.messageId,
  receiptHandle: message.messageId,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SequenceNumber: String(message.sequenceNumber).padStart(20, '0'),
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  messageAttributes: {},
  md5OfBody: md5(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:local:000000000000:queue.fifo',
  awsRegion: 'local',
});

/** The SDK compares it with the text that it sent. */
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
