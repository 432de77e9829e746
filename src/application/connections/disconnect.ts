import type { UserId } from '../../../protocol/names.js';
import type { ConnectionCleanup } from './connection-cleanup.js';

/** `$disconnect` comes late, twice or never; it names a connection, so that it never hits that one's successor. */
export class Disconnect {
  constructor(private readonly cleanup: ConnectionCleanup) {}

  async execute(connectionId: string, userId?: UserId): Promise<void> {
    await this.cleanup.forget(connectionId, userId);
  }
}
