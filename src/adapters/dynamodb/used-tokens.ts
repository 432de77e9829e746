import type { Clock } from '../../application/ports/clock.js';
import type { UsedTokens } from '../../application/ports/used-tokens.js';
import { expiry } from './expiry.js';
import { usedTokenKey } from './keys.js';
import type { Table } from './table.js';

export class DynamoDBUsedTokens implements UsedTokens {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async use(tokenId: string, expiresAt: number): Promise<boolean> {
    const row = { ...usedTokenKey(tokenId), ...expiry(expiresAt) };
    return this.table.put(row, { any: [{ absent: 'pk' }, { below: ['expiresAt', this.clock.now()] }] });
  }
}
