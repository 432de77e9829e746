/** The rights that a token gives a connection, until it is refreshed. */
export interface Session {
  /** Absent for guests, whose session ends with the connection. */
  tokenExpiresAt?: number | undefined;
  permissions?: string | undefined;
}

/** How long before a token's end the client is told. */
export const EXPIRY_NOTICE_MS = 60_000;

export const hasExpired = ({ tokenExpiresAt }: Session, now: number): boolean =>
  tokenExpiresAt !== undefined && tokenExpiresAt <= now;

export const isExpiring = ({ tokenExpiresAt }: Session, now: number): boolean =>
  tokenExpiresAt !== undefined && tokenExpiresAt - EXPIRY_NOTICE_MS <= now && now < tokenExpiresAt;
