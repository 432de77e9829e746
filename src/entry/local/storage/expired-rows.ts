import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { LevelDatabase } from 'dynalite/db/index.js';

/** How long a row must have been known to be expired, in milliseconds of running time. */
const KNOWN_MS = 3_600_000;

/** The most rows to remember from one pass to the next; the others follow later. */
const REMEMBERED = 100_000;

export interface Time {
  /** The wall clock, which may be wrong for a while. */
  now(): number;
  /** Milliseconds since any fixed moment. It never jumps, and stands still while the machine sleeps. */
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
 * Removes expired rows, as DynamoDB does by itself. A clock that is wrong for a moment removes nothing: two passes, an hour
 * of running time apart, have to find a row expired. A room's publications are removed oldest first, so its history never
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

  /** Resolves to the number of removed rows. */
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

  /** False if the row was written again: then it stays. */
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

/** dynalite's order: by a hash of `pk`, then by `sk`. */
const rowsOf = (table: string) => ({ gte: `item-${table}~`, lt: `item-${table}~~` });
