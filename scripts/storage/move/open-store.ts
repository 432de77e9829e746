import { Connections } from '../../../src/adapters/mysql/database/connections.js';
import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { PooledDatabase } from '../../../src/adapters/mysql/database/pooled-database.js';
import { migrate } from '../../../src/adapters/mysql/migrations/migrate.js';
import { mysqlOptions } from '../../support/mysql-options.js';
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

/**
 * Opens a store. A `source` has to be there already: in a store that this makes, a mistyped name would not be noticed.
 *
 * @throws Error with one line that says what to give
 */
export const openStore = async (location: StoreLocation, as: 'source' | 'target'): Promise<OpenedStore> => {
  const { store, stage, table, folder } = location;
  const places = [stage, table, folder].filter((place) => place !== undefined);
  if (store === 'mysql' && places.length === 0) return openMySql(as);
  if (store === 'dynamodb' && places.length === 1) return openMessages({ stage, table, folder }, as);
  throw new Error(
    'Name a store: mysql (MYSQL_URL names the server), or dynamodb with one of --stage, --table, --folder',
  );
};

const openMySql = async (as: 'source' | 'target'): Promise<OpenedStore> => {
  const options = mysqlOptions();
  const connections = await Connections.open(options, 2);
  try {
    if (as === 'target') await migrate(options);
    // A new connection checks the schema.
    await connections.use(async () => undefined);
    return { database: new PooledDatabase(connections), close: () => connections.close() };
  } catch (error) {
    await connections.close();
    const { message, code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    throw new Error(`MYSQL_URL: ${message || code}`, { cause: error });
  }
};
