/**
 * The server's time in epoch milliseconds. Not `UNIX_TIMESTAMP`, which goes through the time zone of the session and is
 * ambiguous for an hour each autumn.
 */
export const STORE_NOW = "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000)";

/** A process's clock that differs by more is wrong; smaller differences are usual. */
export const TOLERANCE_MS = 5 * 60_000;

/** The process's time, or the server's while the two disagree: takes the process's time as two values. */
export const BELIEVED_NOW = `IF(ABS(? - ${STORE_NOW}) > ${TOLERANCE_MS}, ${STORE_NOW}, ?)`;
