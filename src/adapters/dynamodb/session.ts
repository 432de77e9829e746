import type { Session } from '../../domain/access/session.js';
import type { Row } from './table/table.js';

/** The session in a connection's row. */
export const sessionOf = (row: Row): Session => ({
  tokenExpiresAt: row.tokenExpiresAt as number | undefined,
  permissions: row.permissions as string | undefined,
});
