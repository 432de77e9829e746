import type { Room } from '../../../../protocol/names.js';
import type { Clock } from '../../../application/ports/clock.js';
import { SECTIONS_KEPT_MS } from '../../../application/ports/room-repository.js';
import { boundsKey } from '../keys.js';
import { expiry, isLive } from '../table/expiry.js';
import type { Table } from '../table/table.js';

/** The bounds of rooms' sections, in a row for each room. */
export class SectionBounds {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async of(room: Room): Promise<string[] | undefined> {
    const row = await this.table.get(boundsKey(room));
    return row && isLive(row, this.clock.now()) ? (row.bounds as string[]) : undefined;
  }

  /** Resolves to the bounds that count: if several processes cut a room at once, the first one decides. */
  async keep(room: Room, bounds: string[]): Promise<string[]> {
    const now = this.clock.now();
    const row = { ...boundsKey(room), bounds, ...expiry(now + SECTIONS_KEPT_MS) };
    const isFirst = await this.table.put(row, { any: [{ absent: 'pk' }, { below: ['expiresAt', now] }] });
    return isFirst ? bounds : ((await this.of(room)) ?? bounds);
  }
}
