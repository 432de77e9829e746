import type { Clock } from '../../application/ports/clock.js';
import type { UsedTokens } from '../../application/ports/used-tokens.js';
import type { Database } from './database/database.js';
import { BELIEVED_NOW } from './database/store-time.js';

export class MySqlUsedTokens implements UsedTokens {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async use(tokenId: string, expiresAt: number): Promise<boolean> {
    const now = this.clock.now();
    const changed = await this.database.change(
      `INSERT INTO switchboard_used_tokens (id, expires_at) VALUES (?, ?)
        ON DUPLICATE KEY UPDATE expires_at = IF(expires_at < ${BELIEVED_NOW}, ?, expires_at)`,
      [tokenId, expiresAt, now, now, expiresAt],
    );
    return changed > 0;
  }
}
