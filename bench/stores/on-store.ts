import { createConnection } from 'mysql2/promise';
import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import { connectionOptions } from '../../src/adapters/mysql/database/connection-options.js';
import { Connections } from '../../src/adapters/mysql/database/connections.js';
import type { Database } from '../../src/adapters/mysql/database/database.js';
import { PooledDatabase } from '../../src/adapters/mysql/database/pooled-database.js';
import { migrate } from '../../src/adapters/mysql/migrations/migrate.js';
import { authorization } from '../../src/entry/bindings/authorization.js';
import { limits } from '../../src/entry/bindings/limits.js';
import { onDynamoDB } from '../../src/entry/bindings/stores/on-dynamodb.js';
import { onMySql } from '../../src/entry/bindings/stores/on-mysql.js';
import { withoutQueue } from '../../src/entry/bindings/stores/without-queue.js';
import { createApplication } from '../../src/entry/container.js';
import { EventLog } from '../../src/entry/event-log.js';
import { createRouter } from '../../src/entry/lambda/handlers/create-router.js';
import { ANY_ACCESS } from '../../src/entry/local/settings/access.js';
import { createTable } from '../../src/entry/local/storage/create-table.js';
import { readSettings } from '../../src/entry/settings.js';
import { Trips } from './trips.js';

export interface OnStore {
  router: ReturnType<typeof createRouter>;
  trips: Trips;
  end(): Promise<void>;
}

/** Limits count but refuse nothing. */
const settingsOf = (callbackUrl: string, more: Record<string, string>) =>
  readSettings({
    AUTH_MODE: 'guest',
    LOG_LEVEL: 'fatal',
    FRAMES_PER_SECOND: '900000000',
    FRAMES_AT_ONCE: '900000000',
    CALLBACK_URL: callbackUrl,
    ...more,
  });

export const benchOnDynamoDB = async (endpoint: string, callbackUrl: string): Promise<OnStore> => {
  const settings = settingsOf(callbackUrl, { DYNAMODB_ENDPOINT: endpoint });
  const admin = createDocumentClient({ ...ANY_ACCESS, endpoint });
  await createTable(admin, settings.CONNECTIONS_TABLE);
  await createTable(admin, settings.MESSAGES_TABLE);
  const opened = [admin];
  const trips = new Trips();
  const log = new EventLog(settings.LOG_LEVEL);
  const application = createApplication(
    onDynamoDB(settings, {
      database: ANY_ACCESS,
      callbacks: ANY_ACCESS,
      log,
      onDocuments: (documents) => {
        opened.push(documents);
        documents.middlewareStack.add((next) => (args) => trips.during(() => next(args)), {
          step: 'initialize',
        });
      },
    }),
    authorization(settings),
    limits(settings),
  );
  const end = async () => {
    for (const documents of opened) documents.destroy();
  };
  return { router: createRouter(application, log), trips, end };
};

/** A separate database on the server of `MYSQL_URL`, over one connection, as in a function. */
export const benchOnMySql = async (url: string, callbackUrl: string): Promise<OnStore> => {
  const settings = settingsOf(callbackUrl, { STORE: 'mysql', MYSQL_URL: url });
  const name = `switchboard_bench_${process.pid}`;
  const { database: _, ...server } = connectionOptions(url, undefined);
  const admin = await createConnection(server);
  await admin.query(`CREATE DATABASE ${name}`);
  const options = { ...server, database: name };
  await migrate(options);
  const connections = await Connections.open(options, 1);
  const trips = new Trips();
  const log = new EventLog(settings.LOG_LEVEL);
  const application = createApplication(
    onMySql(settings, {
      database: counted(new PooledDatabase(connections), trips),
      callbackUrl,
      callbacks: ANY_ACCESS,
      log,
    }),
    withoutQueue(),
    authorization(settings),
    limits(settings),
  );
  const end = async () => {
    await connections.close();
    await admin.query(`DROP DATABASE ${name}`);
    await admin.end();
  };
  return { router: createRouter(application, log), trips, end };
};

const counted = (database: Database, trips: Trips): Database => ({
  rows: (...asked) => trips.during(() => database.rows(...asked)),
  change: (...asked) => trips.during(() => database.change(...asked)),
  call: (...asked) => trips.during(() => database.call(...asked)),
});
