import { connectionOptions, isOnThisMachine } from '../../../adapters/mysql/database/connection-options.js';
import { Connections } from '../../../adapters/mysql/database/connections.js';
import type { Database } from '../../../adapters/mysql/database/database.js';
import { PooledDatabase } from '../../../adapters/mysql/database/pooled-database.js';
import { migrate } from '../../../adapters/mysql/migrations/migrate.js';
import { readVariable } from '../../bindings/read-variable.js';
import type { Settings } from '../../settings.js';

const POOL_SIZE = 10;

export interface MySqlStorage {
  database: Database;
  /** Whether the server is on this machine. */
  oneClock: boolean;
  stop(): Promise<void>;
}

/**
 * The database that `MYSQL_URL` names, with the schema.
 *
 * @throws Error with one line that names the mistake
 */
export const openMySql = async ({
  MYSQL_URL: url,
  MYSQL_CA_FILE: caFile,
}: Settings): Promise<MySqlStorage> => {
  if (url === undefined)
    throw new Error(
      'MYSQL_URL is not set. Set it to a URL such as mysql://user:password@host:3306/database.',
    );
  const options = readVariable('MYSQL_URL', () => connectionOptions(url, caFile));
  await migrate(options).catch((error: unknown) => {
    throw new Error(`MYSQL_URL: ${reasonOf(error)}`, { cause: error });
  });
  const connections = await Connections.open(options, POOL_SIZE);
  return {
    database: new PooledDatabase(connections),
    oneClock: isOnThisMachine(url),
    stop: () => connections.close(),
  };
};

/** If several addresses do not answer, Node's error has the reasons, and no message. */
const reasonOf = (error: unknown): string => {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || 'The server cannot be reached';
};
