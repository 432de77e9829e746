import type { Session } from '../../domain/access/session.js';
import type { Connection } from '../../domain/connection.js';

/** Every open connection, as far as it is known. A read sees every write that has returned, and stops when its signal aborts. */
export interface ConnectionRepository {
  /**
   * Opens it: from now on it is a member of `*` and of its user's inbox. Saving an id again replaces it; saving part of
   * it is possible when the world fails, and saving again mends that.
   */
  save(connection: Connection): Promise<void>;
  /** Undefined when it is unknown or expired. */
  find(connectionId: string, signal?: AbortSignal): Promise<Connection | undefined>;
  /**
   * Resolves to what was removed, expired or not, and to undefined when there is nothing: of two that remove it, one
   * gets it. Memberships stay: they are the caller's to remove.
   */
  remove(connectionId: string): Promise<Connection | undefined>;
  /** Replaces its session; undefined when there is no such connection. */
  renew(connectionId: string, session: Session): Promise<Connection | undefined>;
  /** True once for each end of a session: the caller that gets it tells the client. */
  claimExpiryNotice(connectionId: string, tokenExpiresAt: number): Promise<boolean>;
}
