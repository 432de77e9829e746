import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import { Connections } from '../../../src/adapters/mysql/database/connections.js';
import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { PooledDatabase } from '../../../src/adapters/mysql/database/pooled-database.js';
import { migrate } from '../../../src/adapters/mysql/migrations/migrate.js';
import { openMessages } from './open-messages.js';

export interface StoreLocation {
  /** `mysql`, the server of `MYSQL_URL`, or `dynamodb`. */
  store?: string | undefined;
  /** One of these names a messages table: by its stage, by its own name, or by a data folder of `npm start`. */
  stage?: string | undefined;
  table?: string | undefined;
  folder?: string | undefined;
}

export type OpenedStore = { close(): Promise<void> } & (
  | { database: Database }
  | Pick<Awaited<ReturnType<typeof openMessages>>, 'table' | 'documents' | 'tableName'>
);

/** @throws Error with one line that says what to give */
export const openStore = async ({ store, stage, table, folder }: StoreLocation): Promise<OpenedStore> => {
  const places = [stage, table, folder].filter((place) => place !== undefined);
  if (store === 'mysql' && places.length === 0) return openMySql();
  if (store === 'dynamodb' && places.length === 1) return openMessages({ stage, table, folder });
  throw new Error(
    'Name a store: mysql (MYSQL_URL names the server), or dynamodb with one of --stage, --table, --folder',
  );
};

const openMySql = async (): Promise<OpenedStore> => {
  const { MYSQL_URL: url, MYSQL_CA_FILE: caFile } = process.env;
  try {
    const options = connectionOptions(url ?? '', caFile || undefined);
    await migrate(options);
    const connections = await Connections.open(options, 2);
    return { database: new PooledDatabase(connections), close: () => connections.close() };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Error(`MYSQL_URL: ${message || code}`, { cause: error });
  }
};
