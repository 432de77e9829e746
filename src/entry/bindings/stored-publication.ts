import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { toPublication } from '../../adapters/dynamodb/publication-item.js';
import type { Item } from '../../adapters/dynamodb/table.js';
import type { Publication } from '../../domain/publication.js';

/**
 * What a record of the messages table's stream says.
 *
 * @throws when the row is no publication's
 */
export const readStoredPublication = (image: Record<string, AttributeValue>): Publication =>
  toPublication(rowOf(image));

const rowOf = (image: Record<string, AttributeValue>): Item => {
  try {
    return unmarshall(image) as Item;
  } catch {
    // The SDK's own message may quote the value that it could not read.
    throw new Error('This image cannot be read as a row');
  }
};
