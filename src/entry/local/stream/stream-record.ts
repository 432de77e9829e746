import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TableWrite } from './observed-table.js';

/** One record of a stream with the view type NEW_IMAGE. */
export interface StreamRecord {
  eventID: string;
  eventName: TableWrite['eventName'];
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    /** Epoch seconds. */
    ApproximateCreationDateTime: number;
    Keys: Record<string, AttributeValue>;
    NewImage?: Record<string, AttributeValue>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: 'NEW_IMAGE';
  };
  eventSourceARN: string;
}

const FIRST_SEQUENCE_NUMBER = 100_000_000_000_000_000_000n;

export const toStreamRecord = (write: TableWrite, index: number, table: string): StreamRecord => {
  const { pk, sk } = write.key;
  const image: Record<string, AttributeValue> | undefined =
    write.newImage && marshall(write.newImage, { removeUndefinedValues: true });
  return {
    eventID: `${table}-${index}`,
    eventName: write.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'local',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: marshall({ pk, sk }),
      ...(image && { NewImage: image }),
      SequenceNumber: String(FIRST_SEQUENCE_NUMBER + BigInt(index)),
      SizeBytes: JSON.stringify(image ?? {}).length,
      StreamViewType: 'NEW_IMAGE',
    },
    eventSourceARN: `arn:aws:dynamodb:local:000000000000:table/${table}/stream/2026-01-01T00:00:00.000`,
  };
};
