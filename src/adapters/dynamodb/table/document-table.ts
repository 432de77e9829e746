import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ClientError } from '../../../domain/client-error.js';
import { type Change, type Condition, Expression } from './expression.js';
import { queryAnswer } from './query-answer.js';
import type { Key, Query, Row, RowPage, Table } from './table.js';
import { unavailable } from './unavailable.js';

const BATCH_SIZE = 25;
const BATCH_ATTEMPTS = 8;

/** A table on a DynamoDB server. Throws `unavailable` when the SDK's own retries fail. */
export class DocumentTable implements Table {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly name: string,
    private readonly pause: (attempt: number) => Promise<void>,
    /** Absent if the server shares this process's clock. */
    private readonly time?: { now(): number | undefined },
  ) {}

  now(): number | undefined {
    return this.time?.now();
  }

  async get(key: Key, signal?: AbortSignal): Promise<Row | undefined> {
    const command = new GetCommand({ TableName: this.name, Key: keyOf(key), ConsistentRead: true });
    const { Item: row } = await this.#answer(this.documents.send(command, stoppedBy(signal)));
    return row as Row | undefined;
  }

  async query(query: Query): Promise<RowPage> {
    const { rows, next } = await this.#query(query);
    return next ? { rows, next } : { rows };
  }

  async count(pk: string, atMost: number): Promise<number> {
    let counted = 0;
    let after: Key | undefined;
    do {
      const page = await this.#query({ pk, limit: atMost - counted, ...(after && { after }) }, 'COUNT');
      counted += page.count;
      after = page.next;
    } while (after && counted < atMost);
    return counted;
  }

  async put(row: Row, onlyIf?: Condition): Promise<boolean> {
    const command = new PutCommand({ TableName: this.name, Item: row, ...conditional(onlyIf) });
    return (await this.#ifHolds(this.documents.send(command))) !== undefined;
  }

  async update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    const expression = new Expression();
    const command = new UpdateCommand({
      TableName: this.name,
      Key: keyOf(key),
      UpdateExpression: expression.change(change),
      ...conditional(onlyIf, expression),
      ReturnValues: 'ALL_NEW',
    });
    return (await this.#ifHolds(this.documents.send(command)))?.Attributes as Row | undefined;
  }

  async delete(key: Key): Promise<Row | undefined> {
    const command = new DeleteCommand({ TableName: this.name, Key: keyOf(key), ReturnValues: 'ALL_OLD' });
    return (await this.#answer(this.documents.send(command))).Attributes as Row | undefined;
  }

  async putAll(rows: readonly Row[]): Promise<void> {
    for (let first = 0; first < rows.length; first += BATCH_SIZE) {
      await this.#putBatch(rows.slice(first, first + BATCH_SIZE));
    }
  }

  async #putBatch(rows: readonly Row[]): Promise<void> {
    let requests = { [this.name]: rows.map((Item) => ({ PutRequest: { Item } })) };
    for (let attempt = 0; attempt < BATCH_ATTEMPTS; attempt += 1) {
      if (attempt > 0) await this.pause(attempt);
      const answer = await this.#answer(
        this.documents.send(new BatchWriteCommand({ RequestItems: requests })),
      );
      const left = answer.UnprocessedItems?.[this.name] ?? [];
      if (left.length === 0) return;
      requests = { [this.name]: left as (typeof requests)[string] };
    }
    throw new ClientError('unavailable', {
      cause: new Error(`DynamoDB left writes to ${this.name} unprocessed`),
    });
  }

  async #query({ pk, attributes, between, descending, limit, after, signal }: Query, select?: 'COUNT') {
    const expression = new Expression();
    const partition = `${expression.name('pk')} = ${expression.value(pk)}`;
    const range =
      between &&
      `${expression.name('sk')} BETWEEN ${expression.value(between[0])} AND ${expression.value(between[1])}`;
    const projection = attributes && ['sk', ...attributes].map((name) => expression.name(name)).join(', ');
    const input = {
      TableName: this.name,
      KeyConditionExpression: range ? `${partition} AND ${range}` : partition,
      ExpressionAttributeNames: expression.names,
      ExpressionAttributeValues: marshall(expression.values),
      ConsistentRead: true,
      ScanIndexForward: !descending,
      ...(projection !== undefined && { ProjectionExpression: projection }),
      ...(limit !== undefined && { Limit: limit }),
      ...(after && { ExclusiveStartKey: marshall(keyOf(after)) }),
      ...(select && { Select: select }),
    };
    return this.#answer(queryAnswer(this.documents, pk, input, stoppedBy(signal)));
  }

  async #ifHolds<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw unavailable(error);
    }
  }

  async #answer<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

const stoppedBy = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});

const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });

const conditional = (onlyIf: Condition | undefined, expression = new Expression()) => {
  const condition = onlyIf && { ConditionExpression: expression.condition(onlyIf) };
  return {
    ...condition,
    ...(Object.keys(expression.names).length > 0 && { ExpressionAttributeNames: expression.names }),
    ...(Object.keys(expression.values).length > 0 && { ExpressionAttributeValues: expression.values }),
  };
};
