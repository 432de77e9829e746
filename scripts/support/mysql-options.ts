import type { ConnectionOptions } from 'mysql2/promise';
import { connectionOptions } from '../../src/adapters/mysql/database/connection-options.js';
import { readVariable } from '../../src/entry/bindings/read-variable.js';

/**
 * How to connect to the server that `MYSQL_URL` names.
 *
 * @throws Error with one line that names the variable
 */
export const mysqlOptions = (): ConnectionOptions => {
  const { MYSQL_URL: url, MYSQL_CA_FILE: caFile } = process.env;
  if (!url)
    throw new Error(
      'MYSQL_URL is not set. Set it to a URL such as mysql://user:password@host:3306/database.',
    );
  return readVariable('MYSQL_URL', () => connectionOptions(url, caFile || undefined));
};
