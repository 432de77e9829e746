import type { Clock } from '../../application/ports/clock.js';
import type { UsedTokens } from '../../application/ports/used-tokens.js';
import { expiry } from './expiry.js';
import { usedTokenKey } from './keys.js';
import { StoreClock } from './store-clock.js';
import type { Table } from './table.js';

export class DynamoDBUsedTokens implements UsedTokens {
  readonly #time: StoreClock;

  constructor(
    private readonly table: Table,
    clock: Clock,
  ) {
    this.#time = new StoreClock(table, clock);
  }

  async use(tokenId: string, expiresAt: number): Promise<boolean> {
    const row = { ...usedTokenKey(tokenId), ...expiry(expiresAt) };
    return this.table.put(row, { any: [{ absent: 'pk' }, { below: ['expiresAt', this.#time.now()] }] });
  }
}
