import { expressionObjections } from './wire-expressions.js';
import { bytesIn, type Values, valueObjections } from './wire-values.js';

/** A request as the SDK sends it. */
export type WireRequest = Record<string, unknown>;

const PK_BYTES = 2_048;
const SK_BYTES = 1_024;
const ITEM_BYTES = 400 * 1_024;
const BATCH_ITEMS = 25;
const BATCH_BYTES = 16 * 1_024 * 1_024;

const READS = new Set(['GetItem', 'Query']);
/** The only operations that `serverless.yml` permits. */
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

/**
 * The error in a request that the emulator accepts: DynamoDB on AWS refuses it, or a read does not see every
 * write that has returned. The limits are those of "Constraints in Amazon DynamoDB" in its developer guide.
 */
export const objectionsTo = (operation: string, request: WireRequest): string[] => [
  ...operationObjections(operation, request),
  ...keyObjections(request),
  ...itemsOf(request).flatMap(itemObjections),
  ...batchObjections(request),
  ...valueObjections((request.ExpressionAttributeValues ?? {}) as Values),
  ...expressionObjections(request),
];

const operationObjections = (operation: string, { ConsistentRead, Limit }: WireRequest): string[] => {
  if (!READS.has(operation)) return WRITES.has(operation) ? [] : [`${operation} is not permitted`];
  return [
    ...(ConsistentRead === true ? [] : ['the read is not consistent']),
    ...(Limit === undefined || Number(Limit) >= 1 ? [] : [`the limit is ${Limit}`]),
  ];
};

const keyObjections = ({ Key: key }: WireRequest): string[] =>
  key === undefined
    ? []
    : [
        ...(Object.keys(key as Values)
          .sort()
          .join() === 'pk,sk'
          ? []
          : ['the key is not pk and sk']),
        ...keySizes(key as Values),
      ];

const itemObjections = (item: Values): string[] => [
  ...keySizes(item),
  ...valueObjections(item),
  ...(bytesIn(item) <= ITEM_BYTES ? [] : ['the item is over 400 KB']),
];

const keySizes = ({ pk, sk }: Values): string[] => [
  ...(isWithin(pk?.S, PK_BYTES) ? [] : ['pk is not a string of 1 to 2048 bytes']),
  ...(isWithin(sk?.S, SK_BYTES) ? [] : ['sk is not a string of 1 to 1024 bytes']),
];

const isWithin = (text: unknown, most: number): boolean =>
  typeof text === 'string' && text !== '' && Buffer.byteLength(text) <= most;

const batchObjections = (request: WireRequest): string[] => {
  if (request.RequestItems === undefined) return [];
  const items = itemsOf(request);
  const keys = items.map(({ pk, sk }) => JSON.stringify([pk, sk]));
  return [
    ...(items.length >= 1 && items.length <= BATCH_ITEMS ? [] : [`the batch has ${items.length} items`]),
    ...(new Set(keys).size === keys.length ? [] : ['the batch has an item twice']),
    ...(items.reduce((sum, item) => sum + bytesIn(item), 0) <= BATCH_BYTES
      ? []
      : ['the batch is over 16 MB']),
  ];
};

const itemsOf = ({ Item: item, RequestItems: batch }: WireRequest): Values[] => {
  if (item !== undefined) return [item as Values];
  const tables = Object.values((batch ?? {}) as Record<string, { PutRequest: { Item: Values } }[]>);
  return tables.flat().map(({ PutRequest }) => PutRequest.Item);
};
