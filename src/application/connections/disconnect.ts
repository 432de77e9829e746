import type { UserId } from '../../../protocol/names.js';
import type { ConnectionCleanup } from './connection-cleanup.js';

/** `$disconnect` comes late, twice or never. It names a connection, so it never affects a later one of the same user. */
export class Disconnect {
  constructor(private readonly cleanup: ConnectionCleanup) {}

  async execute(connectionId: string, userId?: UserId): Promise<void> {
    await this.cleanup.forget(connectionId, userId);
  }
}
