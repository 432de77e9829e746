import { migrate } from '../../src/adapters/mysql/migrations/migrate.js';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { mysqlOptions } from '../support/mysql-options.js';
import { readArguments } from '../support/read-arguments.js';

const USAGE = 'Usage: MYSQL_URL=mysql://user:password@host/database npm run migrate';
answerHelp(
  USAGE,
  `Makes the tables and procedures that are missing: docs/stores.md#mysql. It may be repeated, and run beside itself.
MYSQL_CA_FILE names a file with the authority of the server's certificate.`,
);
const options = readArguments(USAGE, () => {
  readOptions();
  return mysqlOptions();
});

try {
  const made = await migrate(options);
  console.log(made.length === 0 ? 'The schema is up to date.' : `Made migration ${made.join(', ')}.`);
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  console.error(`MYSQL_URL: ${message || code}`);
  process.exitCode = 1;
}
