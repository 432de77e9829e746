import type { Session } from '../../domain/access/session.js';
import type { Row } from './database/database.js';

/** The session in a connection's row. */
export const sessionOf = (row: Row): Session => ({
  tokenExpiresAt: (row.token_expires_at as number | null) ?? undefined,
  permissions: (row.permissions as string | null) ?? undefined,
});
