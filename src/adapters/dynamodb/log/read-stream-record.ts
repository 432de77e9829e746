import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { HandedOver } from '../../../domain/publications/piece.js';
import type { Row } from '../table/table.js';
import { FAN_OUT_ATTRIBUTE, toPublication } from './publication-row.js';

/** The part of a stream record that this module needs. */
export interface StreamRecord {
  dynamodb?: { NewImage?: Record<string, AttributeValue>; SequenceNumber?: string };
}

/** A record's publication; `error`: its row is not a publication. */
export type StreamedPublication = { sequenceNumber: string } & (
  | { publication: HandedOver }
  | { error: unknown }
);

export const readStreamRecord = ({ dynamodb = {} }: StreamRecord): StreamedPublication => {
  const { NewImage: image = {}, SequenceNumber: sequenceNumber = '' } = dynamodb;
  try {
    const row = rowOf(image);
    const publication = { ...toPublication(row), mark: String(row[FAN_OUT_ATTRIBUTE]) };
    // One foreign row would break the frame of a whole batch.
    JSON.parse(publication.data.text);
    return { sequenceNumber, publication };
  } catch (error) {
    return { sequenceNumber, error };
  }
};

const rowOf = (image: Record<string, AttributeValue>): Row => {
  try {
    return unmarshall(image) as Row;
  } catch {
    // The SDK's own message may quote the value that it could not read.
    throw new Error('This image cannot be read as a row');
  }
};
