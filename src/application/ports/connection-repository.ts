import type { Session } from '../../domain/access/session.js';
import type { Connection } from '../../domain/connection.js';

/** The known open connections. A read sees every write that has returned, and stops when its signal aborts. */
export interface ConnectionRepository {
  /**
   * Opens it: from now on it is a member of `*` and of its user's inbox. Saving an id again replaces it. A failure may leave
   * part of it saved; saving again repairs that.
   */
  save(connection: Connection): Promise<void>;
  /** Undefined when it is unknown or expired. */
  find(connectionId: string, signal?: AbortSignal): Promise<Connection | undefined>;
  /**
   * Resolves to the removed connection, expired or not, or to undefined if there is none: of two callers that remove it, one
   * gets it. Memberships stay: the caller has to remove them.
   */
  remove(connectionId: string): Promise<Connection | undefined>;
  /** Replaces its session; undefined if there is no such connection. */
  renew(connectionId: string, session: Session): Promise<Connection | undefined>;
  /** True once for each end of a session: the caller that gets true tells the client. */
  claimExpiryNotice(connectionId: string, tokenExpiresAt: number): Promise<boolean>;
}
