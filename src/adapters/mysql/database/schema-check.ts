import type { Connection, RowDataPacket } from 'mysql2/promise';
import { ClientError } from '../../../domain/client-error.js';

const TIMEOUT_MS = 3_000;

/** The number of the newest migration. Functions do not carry the migrations themselves. */
export const SCHEMA = 6;

/**
 * Checks that the database has the schema of this version, or a newer one. A client may repeat its frame once an operator
 * has made the schema.
 *
 * @throws ClientError `unavailable`, with a cause that says what to do
 */
export const checkSchema = async (connection: Connection): Promise<void> => {
  const number = await connection
    .query<RowDataPacket[]>({
      timeout: TIMEOUT_MS,
      sql: 'SELECT MAX(number) AS number FROM switchboard_migrations',
    })
    .then(([[newest]]) => Number(newest?.number), orNone);
  if (number < SCHEMA) throw new ClientError('unavailable', { cause: missing(number) });
};

const orNone = (error: { code?: string }): number => {
  if (error.code !== 'ER_NO_SUCH_TABLE') throw error;
  return 0;
};

const missing = (number: number): Error => {
  const found = number === 0 ? 'has no schema' : `has the schema of migration ${number}, not ${SCHEMA}`;
  return Object.assign(new Error(`The MySQL database ${found}. Run npm run migrate.`), {
    code: 'SCHEMA_MISSING',
  });
};
