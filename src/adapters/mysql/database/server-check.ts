import type { Connection, RowDataPacket } from 'mysql2/promise';

const TIMEOUT_MS = 3_000;

const NO: ReadonlySet<string> = new Set(['0', 'OFF']);

/**
 * Checks the server's settings that Switchboard relies on.
 *
 * @throws Error that says what to set
 */
export const checkServer = async (connection: Connection): Promise<void> => {
  const [[server]] = await connection.query<RowDataPacket[]>({
    timeout: TIMEOUT_MS,
    sql: 'SELECT @@sql_mode AS mode, @@innodb_flush_log_at_trx_commit AS flushed, @@read_only AS readOnly, @@innodb_read_only AS replica',
  });
  const { mode, flushed, readOnly, replica } = (server ?? {}) as Record<string, unknown>;
  // The driver escapes with backslashes: without them, a quote in a value would end it.
  if (String(mode).includes('NO_BACKSLASH_ESCAPES'))
    throw new Error('The MySQL server has NO_BACKSLASH_ESCAPES in its sql_mode. Remove it.');
  if (Number(flushed) !== 1)
    throw new Error(
      'The MySQL server can lose what it has committed. Set innodb_flush_log_at_trx_commit to 1.',
    );
  // Newer MariaDB answers with words. Aurora marks its readers with the other variable.
  if (!NO.has(String(readOnly)) || !NO.has(String(replica)))
    throw Object.assign(new Error('The MySQL server is read-only. Name the endpoint of the writer.'), {
      code: 'ER_READ_ONLY_MODE',
      errno: 1836,
    });
};
