import { ClientError } from '../../../domain/client-error.js';

/** Numbers of server errors that pass by themselves, or with an operator's help. */
const TRANSIENT: ReadonlySet<number> = new Set([
  1021, // ER_DISK_FULL
  1028, // ER_FILSORT_ABORT
  1030, // ER_GET_ERRNO: a full disk, mostly
  1040, // ER_CON_COUNT_ERROR: max_connections
  1041, // ER_OUT_OF_RESOURCES
  1053, // ER_SERVER_SHUTDOWN
  1114, // ER_RECORD_FILE_FULL
  1158, // ER_NET_READ_ERROR, and the ones after it
  1159,
  1160,
  1161,
  1180, // ER_ERROR_DURING_COMMIT
  1203, // ER_TOO_MANY_USER_CONNECTIONS
  1205, // ER_LOCK_WAIT_TIMEOUT
  1213, // ER_LOCK_DEADLOCK
  1226, // ER_USER_LIMIT_REACHED
  1290, // ER_OPTION_PREVENTS_STATEMENT: read-only
  1317, // ER_QUERY_INTERRUPTED
  1792, // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
  1836, // ER_READ_ONLY_MODE
  1927, // ER_CONNECTION_KILLED
  1969, // MariaDB: max_statement_time
  3024, // MySQL: max_execution_time
]);

interface DriverError {
  code?: string;
  errno?: number;
  fatal?: boolean;
}

export const isDeadlock = (error: unknown): boolean => (error as DriverError).errno === 1213;

const LOST: ReadonlySet<unknown> = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ER_CONNECTION_KILLED',
  'ECONNRESET',
  'EPIPE',
]);

/** The code of an error that `unavailable` returned. */
export const isLostConnection = (error: unknown): boolean =>
  error instanceof ClientError && LOST.has((error.cause as DriverError | undefined)?.code);

/**
 * A transient error becomes `unavailable`; any other is our bug. Only the code of an error is kept, because the driver's own
 * error contains the statement with all values.
 */
export const unavailable = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null || error instanceof ClientError) return error;
  const { code = 'CLOSED', errno = 0, fatal } = error as DriverError;
  if (code === 'CLOSED' && !fatal) return error;
  const cause = Object.assign(new Error(`MySQL: ${code} (${errno})`), { code });
  const passes = fatal || TRANSIENT.has(errno) || /^(E[A-Z]+|PROTOCOL_[A-Z_]+|POOL_[A-Z_]+)$/.test(code);
  return passes ? new ClientError('unavailable', { cause }) : cause;
};
