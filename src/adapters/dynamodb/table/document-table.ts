import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ClientError } from '../../../domain/client-error.js';
import { CommandSender } from './command-sender.js';
import { type Change, type Condition, Expression } from './expression.js';
import { type Item, keyOf, toItem, toRow } from './stored-item.js';
import type { Key, Query, Row, RowPage, Table } from './table.js';
import { unavailable } from './unavailable.js';

const BATCH_SIZE = 25;
const BATCH_ATTEMPTS = 8;

/** A table on a DynamoDB server. Throws `unavailable` when the SDK's own retries fail. */
export class DocumentTable implements Table {
  readonly #sender: CommandSender;

  constructor(
    documents: DynamoDBDocumentClient,
    private readonly name: string,
    private readonly pause: (attempt: number) => Promise<void>,
    /** Absent if the server shares this process's clock. */
    private readonly time?: { now(): number | undefined },
  ) {
    this.#sender = new CommandSender(documents);
  }

  now(): number | undefined {
    return this.time?.now();
  }

  async get(key: Key, signal?: AbortSignal): Promise<Row | undefined> {
    const command = new GetItemCommand({ TableName: this.name, Key: keyOf(key), ConsistentRead: true });
    const { Item: item } = await this.#answer(this.#sender.send(command, { signal }));
    return item && toRow(item);
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
    const command = new PutItemCommand({ TableName: this.name, Item: toItem(row), ...conditional(onlyIf) });
    return (await this.#ifHolds(this.#sender.send(command))) !== undefined;
  }

  async update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    const expression = new Expression();
    const command = new UpdateItemCommand({
      TableName: this.name,
      Key: keyOf(key),
      UpdateExpression: expression.change(change),
      ...conditional(onlyIf, expression),
      ReturnValues: 'ALL_NEW',
    });
    const { Attributes: item } = (await this.#ifHolds(this.#sender.send(command))) ?? {};
    return item && toRow(item);
  }

  async delete(key: Key): Promise<Row | undefined> {
    const command = new DeleteItemCommand({ TableName: this.name, Key: keyOf(key), ReturnValues: 'ALL_OLD' });
    const { Attributes: item } = await this.#answer(this.#sender.send(command));
    return item && toRow(item);
  }

  async putAll(rows: readonly Row[]): Promise<void> {
    for (let first = 0; first < rows.length; first += BATCH_SIZE) {
      await this.#putBatch(rows.slice(first, first + BATCH_SIZE));
    }
  }

  async #putBatch(rows: readonly Row[]): Promise<void> {
    let requests = { [this.name]: rows.map((row) => ({ PutRequest: { Item: toItem(row) } })) };
    for (let attempt = 0; attempt < BATCH_ATTEMPTS; attempt += 1) {
      if (attempt > 0) await this.pause(attempt);
      const answer = await this.#answer(
        this.#sender.send(new BatchWriteItemCommand({ RequestItems: requests })),
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
    const command = new QueryCommand({
      TableName: this.name,
      KeyConditionExpression: range ? `${partition} AND ${range}` : partition,
      ExpressionAttributeNames: expression.names,
      ExpressionAttributeValues: toItem(expression.values),
      ConsistentRead: true,
      ScanIndexForward: !descending,
      ...(projection !== undefined && { ProjectionExpression: projection }),
      ...(limit !== undefined && { Limit: limit }),
      ...(after && { ExclusiveStartKey: keyOf(after) }),
      ...(select && { Select: select }),
    });
    let items: Item[] = [];
    const onItems = (found: Item[]): void => {
      items = found;
    };
    const { Count: count = 0, LastEvaluatedKey: last } = await this.#answer(
      this.#sender.send(command, { signal, onItems }),
    );
    return { rows: items.map((item) => toRow(item, pk)), count, next: last && toRow(last) };
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

const conditional = (onlyIf: Condition | undefined, expression = new Expression()) => {
  const condition = onlyIf && { ConditionExpression: expression.condition(onlyIf) };
  return {
    ...condition,
    ...(Object.keys(expression.names).length > 0 && { ExpressionAttributeNames: expression.names }),
    ...(Object.keys(expression.values).length > 0 && {
      ExpressionAttributeValues: toItem(expression.values),
    }),
  };
};
