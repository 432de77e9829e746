import { DynamoDBSource } from '../../../../scripts/storage/move/dynamodb-source.js';
import { DynamoDBTarget } from '../../../../scripts/storage/move/dynamodb-target.js';
import type { Source } from '../../../../scripts/storage/move/export-lines.js';
import type { Target } from '../../../../scripts/storage/move/import-lines.js';
import { MySqlSource } from '../../../../scripts/storage/move/mysql-source.js';
import { MySqlTarget } from '../../../../scripts/storage/move/mysql-target.js';
import { DynamoDBPublicationLog } from '../../../../src/adapters/dynamodb/log/publication-log.js';
import { createDocumentClient } from '../../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../../src/adapters/dynamodb/table/document-table.js';
import { MySqlPublicationLog } from '../../../../src/adapters/mysql/log/publication-log.js';
import { SystemClock } from '../../../../src/adapters/system/system-clock.js';
import { SystemRandom } from '../../../../src/adapters/system/system-random.js';
import type { Appended, PublicationLog } from '../../../../src/application/ports/publication-log.js';
import { JsonText } from '../../../../src/domain/json/json-text.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import { openStorage } from '../../../../src/entry/local/storage/storage.js';
import { readSettings } from '../../../../src/entry/settings.js';
import type { TestMySql } from '../../../support/servers/test-mysql.js';

/** A store for a program, from and to which rooms can move. */
export class MovableStore {
  /** Replaces the wait of an export. */
  whileWaiting = async (): Promise<unknown> => undefined;

  constructor(
    /** Of a program. */
    readonly env: Record<string, string>,
    readonly log: PublicationLog,
    source: (store: MovableStore) => Source,
    readonly target: Target,
    readonly stop: () => Promise<void>,
  ) {
    this.source = source(this);
  }

  readonly source: Source;

  publish(room: string, data: string, key: string): Promise<Appended> {
    return this.log.append(room, { from: 'alice', data: JsonText.of(data), key, requestId: 'r' });
  }
}

const random = new SystemRandom();

export const movableDynamoDB = async (): Promise<MovableStore> => {
  const server = await startDynamoDB();
  const env = { DYNAMODB_ENDPOINT: server.endpoint };
  const settings = readSettings(env);
  const storage = await openStorage(settings, 'unused', new EventLog('silent'));
  const documents = createDocumentClient({ endpoint: storage.endpoint, ...storage.access });
  const name = settings.MESSAGES_TABLE;
  const table = new DocumentTable(documents, name, async () => {});
  return new MovableStore(
    env,
    new DynamoDBPublicationLog(table, new SystemClock(), random),
    (store) => {
      const clock = { now: Date.now, sleep: async () => void (await store.whileWaiting()) };
      return new DynamoDBSource(table, documents, name, clock, random);
    },
    new DynamoDBTarget(table, documents, name),
    async () => {
      documents.destroy();
      await storage.stop();
      await server.stop();
    },
  );
};

export const movableMySql = async (mysql: TestMySql): Promise<MovableStore> => {
  const url = await mysql.url();
  const database = await mysql.open(url);
  return new MovableStore(
    { STORE: 'mysql', MYSQL_URL: url },
    new MySqlPublicationLog(database, new SystemClock(), random),
    () => new MySqlSource(database),
    new MySqlTarget(database),
    async () => {},
  );
};
