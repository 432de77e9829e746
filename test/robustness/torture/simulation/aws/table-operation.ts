import type { Key } from '../../../../../src/adapters/dynamodb/table/table.js';
import type { StoreOperation } from '../store/store-operation.js';

export type OperationName = 'get' | 'query' | 'count' | 'put' | 'update' | 'delete';

const WRITES: ReadonlySet<OperationName> = new Set(['put', 'update', 'delete']);

/** The members of `*` are in this many partitions. */
const PARTS = 16;

export const tableOperation = (name: OperationName, key: Key | { pk: string }): StoreOperation => {
  const { pk } = key;
  const sk = 'sk' in key ? key.sk : undefined;
  const ofLog = pk.startsWith('LOG#');
  const hasKey = 'key' in key;
  // An append's look at the log, or a write to it that is right whenever it comes, or refused. With a key it is not, nor is
  // the beginning of an epoch: the claim, or the room's row that another has begun meanwhile, has expired by then.
  const outlivesAnything = ofLog && !hasKey && !(name === 'put' && sk === 'META');
  return {
    text: `${name} ${pk}${sk === undefined ? '' : ` ${sk}`}`,
    writes: WRITES.has(name),
    isRepeated: true,
    connectionId: name === 'get' || sk === undefined ? undefined : connectionOf(pk, sk),
    readsMembers: name === 'query' && pk.startsWith('ROOM#'),
    parts: pk.startsWith('ROOM#*') ? PARTS : 1,
    outlives: outlivesAnything ? 'a jump' : ofLog ? 'once applied' : 'nothing',
    fillsClaim: ofLog && hasKey,
  };
};

const connectionOf = (pk: string, sk: string): string | undefined => {
  if (pk.startsWith('ROOM#')) return sk;
  return pk.startsWith('CONNECTION#') ? pk.slice('CONNECTION#'.length) : undefined;
};
