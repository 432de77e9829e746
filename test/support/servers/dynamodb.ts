import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from '@jest/globals';
import { createDocumentClient } from '../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../src/adapters/dynamodb/table/document-table.js';
import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { createTable } from '../../../src/entry/local/storage/create-table.js';
import { type DynamoDBServer, startDynamoDB } from '../../../src/entry/local/storage/dynamodb-server.js';
import type { TestTables } from '../tables/test-tables.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// The server shares this process, so a client waits for it as long as the test may take.
const PATIENCE = { connectionTimeout: 30_000, requestTimeout: 30_000, maxSockets: 8 };

/** A DynamoDB for the tests of one file: an embedded one, or the one at `DYNAMODB_ENDPOINT`. */
export class TestDynamoDB implements TestTables {
  #server: Pick<DynamoDBServer, 'endpoint' | 'stop'> | undefined;
  #client!: DynamoDBClient;
  #documents!: DynamoDBDocumentClient;
  readonly #names = new Map<Table, string>();

  /**
   * Create it at the top of a test file or of a `describe`. `start` starts another server instead of the embedded one.
   */
  constructor(private readonly start?: () => Promise<Pick<DynamoDBServer, 'endpoint' | 'stop'>>) {
    beforeAll(() => this.#start());
    afterAll(() => this.#stop());
  }

  async table(time?: { now(): number }): Promise<Table> {
    const name = `test-${randomUUID()}`;
    await createTable(this.#client, name);
    const table = new DocumentTable(this.#documents, name, async () => {}, time);
    this.#names.set(table, name);
    return table;
  }

  /** In the order of their keys. */
  async rows(table: Table): Promise<Row[]> {
    const rows: Row[] = [];
    const scan = { TableName: this.#names.get(table), ConsistentRead: true };
    for await (const page of paginateScan({ client: this.#documents }, scan))
      rows.push(...((page.Items ?? []) as Row[]));
    return rows.sort((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));
  }

  async #start(): Promise<void> {
    const external = this.start ? undefined : process.env.DYNAMODB_ENDPOINT || undefined;
    if (external === undefined) this.#server = await (this.start ?? startDynamoDB)();
    const endpoint = external ?? this.#server?.endpoint ?? '';
    const options = { ...(/\.amazonaws\.com/.test(endpoint) ? {} : ANY_ACCESS), endpoint };
    this.#client = new DynamoDBClient(options);
    this.#documents = createDocumentClient({ ...options, patience: PATIENCE });
  }

  async #stop(): Promise<void> {
    if (!this.#server)
      for (const TableName of this.#names.values())
        await this.#client.send(new DeleteTableCommand({ TableName }));
    this.#documents.destroy();
    this.#client.destroy();
    await this.#server?.stop();
  }
}
