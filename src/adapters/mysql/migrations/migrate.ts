import type { Connection, ConnectionOptions, RowDataPacket } from 'mysql2/promise';
import { checkServer } from '../database/server-check.js';
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
    // The server releases the lock with the connection, however that ends.
    const lock = "CONCAT('switchboard ', LEFT(SHA1(DATABASE()), 40))";
    const [[locked]] = await connection.query<RowDataPacket[]>(
      `SELECT GET_LOCK(${lock}, ${PATIENCE_S}) AS got`,
    );
    if (Number(locked?.got) !== 1) throw new Error('Another migration is still running. Try again.');
    return await makeMissing(connection);
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
  const [rows] = await connection.query<RowDataPacket[]>('SELECT number FROM switchboard_migrations');
  const known = new Set(rows.map(({ number }) => Number(number)));
  const missing = MIGRATIONS.filter(({ number }) => !known.has(number));
  for (const { number, statements } of missing) {
    for (const statement of statements) await connection.query(statement);
    await connection.query('INSERT INTO switchboard_migrations (number) VALUES (?)', [number]);
  }
  return missing.map(({ number }) => number);
};
