import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import { SECTIONS_KEPT_MS } from '../../application/ports/room-repository.js';
import type { Database } from './database/database.js';
import { BELIEVED_NOW } from './database/store-time.js';

/** The bounds of rooms' sections, in a row for each room. */
export class SectionBounds {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async of(room: Room): Promise<string[] | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.rows(
      `SELECT bounds FROM switchboard_sections WHERE room = ? AND expires_at > ${BELIEVED_NOW}`,
      [room, now, now],
    );
    return row && (JSON.parse(row.bounds as string) as string[]);
  }

  /** Resolves to the bounds that count: if several processes cut a room at once, the first one decides. */
  async keep(room: Room, bounds: string[]): Promise<string[]> {
    const now = this.clock.now();
    // MySQL assigns from left to right, so both conditions see the old time.
    await this.database.change(
      `INSERT INTO switchboard_sections (room, bounds, expires_at) VALUES (?, ?, ${BELIEVED_NOW} + ?)
        ON DUPLICATE KEY UPDATE
          bounds = IF(expires_at > ${BELIEVED_NOW}, bounds, VALUES(bounds)),
          expires_at = IF(expires_at > ${BELIEVED_NOW}, expires_at, VALUES(expires_at))`,
      [room, JSON.stringify(bounds), now, now, SECTIONS_KEPT_MS, now, now, now, now],
    );
    return (await this.of(room)) ?? bounds;
  }

  /** Every `most` members, by keys only. */
  async walk(room: Room, most: number): Promise<string[]> {
    const bounds: string[] = [];
    for (;;) {
      const [last, beyond] = await this.database.rows(
        `SELECT connection_id FROM switchboard_memberships
          WHERE room = ? AND connection_id > ? ORDER BY connection_id LIMIT 2 OFFSET ?`,
        [room, bounds.at(-1) ?? '', most - 1],
      );
      if (!last || !beyond) return bounds;
      bounds.push(last.connection_id as string);
    }
  }
}
