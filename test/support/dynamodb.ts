import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { createDocumentClient } from '../../src/adapters/dynamodb/document-client.js';
import { DocumentTable } from '../../src/adapters/dynamodb/document-table.js';
import type { Table } from '../../src/adapters/dynamodb/table.js';
import { ANY_ACCESS } from '../../src/entry/local/access.js';
import { createTable } from '../../src/entry/local/storage/create-table.js';
import { type DynamoDBServer, startDynamoDB } from '../../src/entry/local/storage/dynamodb-server.js';

// Other work on the same machine slows a server down more than anything in a test does.
jest.setTimeout(30_000);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// The server shares this process and its processor: whatever waits for it waits as long as the test may take.
const PATIENCE = { connectionTimeout: 30_000, requestTimeout: 30_000, maxSockets: 8 };

/** A DynamoDB for the tests of one file: its own in this process, or the one that `DYNAMODB_ENDPOINT` names. */
export class TestDynamoDB {
  #server: DynamoDBServer | undefined;
  #client!: DynamoDBClient;
  #documents!: DynamoDBDocumentClient;
  readonly #tables: string[] = [];

  /** To be created at the top of a test file or of a `describe`. */
  constructor() {
    beforeAll(() => this.#start());
    afterAll(() => this.#stop());
  }

  /** A new, empty one each time. `time`: a clock of its own. */
  async table(time?: { now(): number }): Promise<Table> {
    const name = `test-${randomUUID()}`;
    await createTable(this.#client, name);
    this.#tables.push(name);
    return new DocumentTable(this.#documents, name, async () => {}, time);
  }

  async #start(): Promise<void> {
    const external = process.env.DYNAMODB_ENDPOINT || undefined;
    if (external === undefined) this.#server = await startDynamoDB();
    const endpoint = external ?? this.#server?.endpoint ?? '';
    const options = { ...(/\.amazonaws\.com/.test(endpoint) ? {} : ANY_ACCESS), endpoint };
    this.#client = new DynamoDBClient(options);
    this.#documents = createDocumentClient({ ...options, patience: PATIENCE });
  }

  async #stop(): Promise<void> {
    if (!this.#server)
      for (const TableName of this.#tables) await this.#client.send(new DeleteTableCommand({ TableName }));
    this.#documents.destroy();
    this.#client.destroy();
    await this.#server?.stop();
  }
}
