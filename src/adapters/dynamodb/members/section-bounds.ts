import type { Room } from '../../../../protocol/names.js';
import type { Clock } from '../../../application/ports/clock.js';
import { SECTIONS_KEPT_MS } from '../../../application/ports/room-repository.js';
import { boundsKey } from '../keys.js';
import { expiry, isLive } from '../table/expiry.js';
import type { Table } from '../table/table.js';

/** Where rooms were cut, kept in a row of each. */
export class SectionBounds {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async of(room: Room): Promise<string[] | undefined> {
    const row = await this.table.get(boundsKey(room));
    return row && isLive(row, this.clock.now()) ? (row.bounds as string[]) : undefined;
  }

  /** Resolves to what counts: of several that cut a room at once, the first decides. */
  async keep(room: Room, bounds: string[]): Promise<string[]> {
    const now = this.clock.now();
    const row = { ...boundsKey(room), bounds, ...expiry(now + SECTIONS_KEPT_MS) };
    const isFirst = await this.table.put(row, { any: [{ absent: 'pk' }, { below: ['expiresAt', now] }] });
    return isFirst ? bounds : ((await this.of(room)) ?? bounds);
  }
}
