import type { Connection, ConnectionOptions, RowDataPacket } from 'mysql2/promise';
import { checkServer } from '../database/server-check.js';
import type { Migration } from './migration.js';
import { MIGRATIONS } from './migrations.js';

const PATIENCE_S = 60;

/**
 * Brings the schema up to date. If several run at once, one works and the others wait. Resolves to the numbers of the
 * migrations that it made.
 *
 * @throws Error that says what to do
 */
export const migrate = async (options: ConnectionOptions): Promise<number[]> => {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection(options);
  try {
    await checkServer(connection);
    // The program itself may have no right to make anything.
    if ((await missing(connection)).length === 0) return [];
    // The server releases the lock with the connection, however that ends.
    const lock = "CONCAT('switchboard ', LEFT(SHA1(DATABASE()), 40))";
    const [[locked]] = await connection.query<RowDataPacket[]>(
      `SELECT GET_LOCK(${lock}, ${PATIENCE_S}) AS got`,
    );
    if (Number(locked?.got) !== 1) throw new Error('Another migration is still running. Try again.');
    return await makeMissing(connection).catch(refusedRights);
  } finally {
    connection.destroy();
  }
};

const makeMissing = async (connection: Connection): Promise<number[]> => {
  // Procedures keep the mode that they were made with: in this mode, text that is too long is an error and is never cut.
  await connection.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
  await connection.query(
    'CREATE TABLE IF NOT EXISTS switchboard_migrations (number INT NOT NULL PRIMARY KEY) ENGINE = InnoDB',
  );
  const made = await missing(connection);
  for (const { number, statements } of made) {
    for (const statement of statements) await connection.query(statement);
    await connection.query('INSERT INTO switchboard_migrations (number) VALUES (?)', [number]);
  }
  return made.map(({ number }) => number);
};

const missing = async (connection: Connection): Promise<readonly Migration[]> => {
  const known = await connection
    .query<RowDataPacket[]>('SELECT number FROM switchboard_migrations')
    .then(([rows]) => new Set(rows.map(({ number }) => Number(number))), orNone);
  return MIGRATIONS.filter(({ number }) => !known.has(number));
};

/** Numbers of the errors of a user who may not make a table or a procedure. */
const DENIED: ReadonlySet<unknown> = new Set([1044, 1142, 1227, 1370]);

const refusedRights = (error: { errno?: number; message: string }): never => {
  if (!DENIED.has(error.errno)) throw error;
  const newest = MIGRATIONS.at(-1)?.number;
  throw new Error(
    `The database lacks migrations up to ${newest}. Run npm run migrate as a user who may make them: ${error.message}`,
    { cause: error },
  );
};

/** Before the first migration; a user without any rights learns what is missing when it is made. */
const orNone = (error: { code?: string }): ReadonlySet<number> => {
  if (error.code !== 'ER_NO_SUCH_TABLE' && error.code !== 'ER_TABLEACCESS_DENIED_ERROR') throw error;
  return new Set();
};
