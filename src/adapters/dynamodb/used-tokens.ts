import type { Clock } from '../../application/ports/clock.js';
import type { UsedTokens } from '../../application/ports/used-tokens.js';
import { usedTokenKey } from './keys.js';
import { expiry } from './table/expiry.js';
import { StoreClock } from './table/store-clock.js';
import type { Table } from './table/table.js';

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
