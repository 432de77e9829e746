import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { LevelDatabase } from 'dynalite/db/index.js';

/** How long a row must have been known to be expired, in milliseconds of running time. */
const KNOWN_MS = 3_600_000;

/** Rows to remember from one pass to the next; the others have their turn later. */
const REMEMBERED = 100_000;

export interface Time {
  /** The wall clock, which may be wrong for a while. */
  now(): number;
  /** Milliseconds since some moment. Never steps, and stands still while the machine sleeps. */
  running(): number;
}

interface Row {
  pk: { S: string };
  sk: { S: string };
  ttl?: { N: string };
}

interface Found {
  ttl: string;
  at: number;
}

/**
 * Removes expired rows, as DynamoDB does by itself. One wrong moment of the clock removes nothing: two passes, an hour
 * of running time apart, have to find a row expired. A room's publications go oldest first, so that its history never
 * has a hole.
 */
export class ExpiredRows {
  #found = new Map<string, Found>();

  constructor(
    private readonly database: LevelDatabase,
    private readonly client: DynamoDBClient,
    private readonly tables: readonly string[],
    private readonly time: Time,
  ) {}

  /** Resolves to how many rows it removed. */
  async pass(signal?: AbortSignal): Promise<number> {
    const found = new Map<string, Found>();
    let removed = 0;
    for (const table of this.tables) {
      let kept = '';
      for await (const [key, value] of this.database.iterator(rowsOf(table))) {
        if (signal?.aborted) return removed;
        const row = value as Row;
        const since = this.#expiredSince(key, row);
        const due = since !== undefined && since.at <= this.time.running() - KNOWN_MS && row.pk.S !== kept;
        if (due && (await this.#remove(table, row, since.ttl))) {
          removed += 1;
          continue;
        }
        if (row.pk.S.startsWith('LOG#')) kept = row.pk.S;
        if (since && found.size < REMEMBERED) found.set(key, since);
      }
    }
    this.#found = found;
    return removed;
  }

  /** Undefined: it is not expired. */
  #expiredSince(key: string, { ttl }: Row): Found | undefined {
    if (ttl === undefined || Number(ttl.N) * 1_000 >= this.time.now()) return undefined;
    const before = this.#found.get(key);
    return before?.ttl === ttl.N ? before : { ttl: ttl.N, at: this.time.running() };
  }

  /** False, and it stays, when it was written anew. */
  async #remove(TableName: string, { pk, sk }: Row, ttl: string): Promise<boolean> {
    try {
      await this.client.send(
        new DeleteItemCommand({
          TableName,
          Key: { pk, sk },
          ConditionExpression: '#ttl = :ttl',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: { ':ttl': { N: ttl } },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

/** As dynalite keeps them: by a hash of `pk`, then by `sk`. */
const rowsOf = (table: string) => ({ gte: `item-${table}~`, lt: `item-${table}~~` });
