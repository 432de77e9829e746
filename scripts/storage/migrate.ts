import { connectionOptions } from '../../src/adapters/mysql/database/connection-options.js';
import { migrate } from '../../src/adapters/mysql/migrations/migrate.js';

const { MYSQL_URL: url, MYSQL_CA_FILE: caFile } = process.env;

try {
  const made = await migrate(connectionOptions(url ?? '', caFile || undefined));
  console.log(made.length === 0 ? 'The schema is up to date.' : `Made migration ${made.join(', ')}.`);
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  console.error(`MYSQL_URL: ${message || code}`);
  process.exitCode = 1;
}
