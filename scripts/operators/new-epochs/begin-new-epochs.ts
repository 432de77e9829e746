import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';
import { expiry, PUBLICATION_LIFETIME_MS } from '../../../src/adapters/dynamodb/table/expiry.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { Random } from '../../../src/application/ports/random.js';
import { nextEpoch } from '../../../src/domain/publications/epoch.js';

interface MetaRow {
  pk: string;
  sk: string;
  epoch: string;
}

export interface Begun {
  rooms: number;
  /** The number of forgotten idempotency keys, whose messages are in an epoch that has ended. */
  keys: number;
}

type Source = Pick<Clock, 'now'> & Pick<Random, 'id'>;

/**
 * Ends the epoch of every room in the table. So all publications that a client has seen, also from after the copy was made,
 * are in another epoch than later ones. It can be repeated.
 */
export const beginNewEpochs = async (
  documents: DynamoDBDocumentClient,
  table: string,
  source: Source,
  progress: (begun: Begun) => void = () => undefined,
): Promise<Begun> => {
  const startedAt = source.now();
  const begun = { rooms: 0, keys: 0 };
  const rooms = { FilterExpression: 'sk = :sk', ExpressionAttributeValues: { ':sk': 'META' } };
  for await (const row of scan<MetaRow>(documents, table, rooms)) {
    await beginNewEpoch(documents, table, row, source);
    begun.rooms += 1;
    progress(begun);
  }
  const claims = { FilterExpression: 'sk = :sk', ExpressionAttributeValues: { ':sk': 'CLAIM' } };
  for await (const { pk, sk, epoch } of scan<MetaRow>(documents, table, claims)) {
    if (epoch >= nextEpoch(startedAt, '')) continue;
    if (await forget(documents, table, { pk, sk, epoch })) begun.keys += 1;
    progress(begun);
  }
  return begun;
};

async function* scan<Found>(
  client: DynamoDBDocumentClient,
  TableName: string,
  filter: object,
): AsyncGenerator<Found> {
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true, ...filter }))
    yield* (page.Items ?? []) as Found[];
}

/** A program that still writes may begin an epoch at the same time: then that epoch is ended too. */
const beginNewEpoch = async (
  documents: DynamoDBDocumentClient,
  TableName: string,
  { pk, sk, epoch }: MetaRow,
  source: Source,
): Promise<void> => {
  const startedAt = source.now();
  const Item = {
    pk,
    sk,
    epoch: nextEpoch(startedAt, source.id(6), epoch),
    startedAt,
    ...expiry(startedAt + PUBLICATION_LIFETIME_MS),
  };
  const put = new PutCommand({
    TableName,
    Item,
    ConditionExpression: 'epoch = :epoch',
    ExpressionAttributeValues: { ':epoch': epoch },
  });
  if (await unlessChanged(documents.send(put))) return;
  const found = await documents.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));
  if (found.Item) await beginNewEpoch(documents, TableName, found.Item as MetaRow, source);
};

const forget = (
  documents: DynamoDBDocumentClient,
  TableName: string,
  { pk, sk, epoch }: MetaRow,
): Promise<boolean> =>
  unlessChanged(
    documents.send(
      new DeleteCommand({
        TableName,
        Key: { pk, sk },
        ConditionExpression: 'epoch = :epoch',
        ExpressionAttributeValues: { ':epoch': epoch },
      }),
    ),
  );

const unlessChanged = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
