import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StreamRecord } from '../../../../src/entry/local/stream/stream-record.js';

type Item = Record<'pk' | 'sk', AttributeValue> & Record<string, AttributeValue>;

/** The stream record of a put, in any release. */
export const streamRecordOf = (item: Item, index: number): StreamRecord => ({
  eventID: String(index),
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'local',
  dynamodb: {
    ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
    Keys: { pk: item.pk, sk: item.sk },
    NewImage: item,
    SequenceNumber: String(index).padStart(21, '0'),
    SizeBytes: JSON.stringify(item).length,
    StreamViewType: 'NEW_IMAGE',
  },
  eventSourceARN: 'arn:aws:dynamodb:local:000000000000:table/messages/stream/2026-01-01T00:00:00.000',
});
