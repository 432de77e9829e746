import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Of one operation, such as `UpdateItem`. */
export interface StoreUsage {
  count: number;
  readUnits: number;
  writeUnits: number;
}

interface Consumed {
  ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
}

/**
 * Adds up the request units that DynamoDB reports for each operation. A failed condition counts as one unit, because its
 * answer reports none; repetitions by the SDK count once.
 */
export class StoreMeter {
  readonly #operations = new Map<string, StoreUsage>();

  /** By operation. */
  get usage(): ReadonlyMap<string, Readonly<StoreUsage>> {
    return this.#operations;
  }

  /** Call it before the client is used. */
  watch(documents: DynamoDBDocumentClient): void {
    documents.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const operation = commandName.replace(/Command$/, '');
          const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' };
          try {
            const answer = await next({ ...args, input } as typeof args);
            this.#count(operation, unitsOf(answer.output as Consumed));
            return answer;
          } catch (error) {
            if (error instanceof ConditionalCheckFailedException) this.#count(operation, 1);
            throw error;
          }
        },
      { step: 'initialize', name: 'storeMeter' },
    );
  }

  #count(operation: string, units: number): void {
    const { count, readUnits, writeUnits } = this.#operations.get(operation) ?? {
      count: 0,
      readUnits: 0,
      writeUnits: 0,
    };
    const reads = /Get|Query|Scan/.test(operation);
    this.#operations.set(operation, {
      count: count + 1,
      // A strongly consistent read that finds nothing costs one unit; the embedded DynamoDB reports none.
      readUnits: readUnits + (reads ? Math.max(1, units) : 0),
      writeUnits: writeUnits + (reads ? 0 : units),
    });
  }
}

const unitsOf = ({ ConsumedCapacity = [] }: Consumed): number =>
  [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
