import { connectionOptions } from '../../../adapters/mysql/database/connection-options.js';
import { Connections } from '../../../adapters/mysql/database/connections.js';
import { LateDatabase } from '../../../adapters/mysql/database/late-database.js';
import { PooledDatabase } from '../../../adapters/mysql/database/pooled-database.js';
import { urlWithSecret } from '../../../adapters/mysql/database/url-with-secret.js';
import { readSecret } from '../../../adapters/secrets-manager/read-secret.js';
import type { Settings } from '../../settings.js';

/** An instance serves one event at a time, and the server counts the connections of all instances together. */
const CONNECTIONS = 1;

/**
 * The database of a function. It opens nothing and reads no secret before the first call.
 *
 * @throws Error with one line that names the variable
 */
export const deployedMySql = ({
  MYSQL_SECRET_ARN: secret,
  MYSQL_URL: url,
  MYSQL_CA_FILE: caFile,
}: Settings): LateDatabase => {
  if (secret === undefined) throw new Error('MYSQL_SECRET_ARN is not set');
  return new LateDatabase(async () => {
    const options = connectionOptions(urlWithSecret(await readSecret(secret), url), caFile);
    const connections = await Connections.open(options, CONNECTIONS);
    return { database: new PooledDatabase(connections), close: () => connections.close() };
  });
};
