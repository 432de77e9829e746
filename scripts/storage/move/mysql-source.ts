import type { Database, Row } from '../../../src/adapters/mysql/database/database.js';
import { STORE_NOW } from '../../../src/adapters/mysql/database/store-time.js';
import { toPublication } from '../../../src/adapters/mysql/log/publication-row.js';
import type { Source } from './export-lines.js';
import type { MovedPublication, MovedRoom } from './move-file.js';
import { toMoved } from './to-moved.js';

const PAGE_SIZE = 500;

export class MySqlSource implements Source {
  constructor(private readonly database: Database) {}

  /** Appends hold a lock on this row until they commit. */
  async mark(): Promise<number> {
    await this.database.change(
      `UPDATE switchboard_moves SET moved_at = COALESCE(moved_at, ${STORE_NOW}) WHERE id = 1`,
      [],
    );
    const [row] = await this.database.rows('SELECT moved_at FROM switchboard_moves WHERE id = 1', []);
    return row?.moved_at as number;
  }

  /** Without the rooms whose newest publication has expired: their epoch has ended. */
  async *rooms(): AsyncGenerator<MovedPublication | MovedRoom> {
    let after = '';
    for (;;) {
      const heads = await this.database.rows(
        `SELECT CONVERT(room USING utf8mb4) AS room, epoch, started_at, newest_offset, newest_at
          FROM switchboard_heads WHERE room > ? ORDER BY room LIMIT ${PAGE_SIZE}`,
        [after],
      );
      for (const head of heads) yield* this.#room(head);
      if (heads.length < PAGE_SIZE) return;
      after = heads.at(-1)?.room as string;
    }
  }

  async *#room(head: Row): AsyncGenerator<MovedPublication | MovedRoom> {
    const [room, epoch, offset] = [head.room as string, head.epoch as string, head.newest_offset as number];
    let last = 0;
    for await (const publication of this.#publications(room, epoch)) {
      yield publication;
      last = publication.offset;
    }
    if (last !== offset) return;
    yield {
      moved: room,
      epoch,
      startedAt: head.started_at as number,
      offset,
      ...(head.newest_at !== null && { newestAt: head.newest_at as number }),
    };
  }

  async *#publications(room: string, epoch: string): AsyncGenerator<MovedPublication> {
    let after = 0;
    for (;;) {
      const rows = await this.database.rows(
        `SELECT * FROM switchboard_publications
          WHERE room = ? AND epoch = ? AND log_offset > ? AND expires_at > ${STORE_NOW}
          ORDER BY log_offset LIMIT ${PAGE_SIZE}`,
        [room, epoch, after],
      );
      for (const row of rows) yield toMoved(toPublication(room, row), row.publish_key);
      if (rows.length < PAGE_SIZE) return;
      after = rows.at(-1)?.log_offset as number;
    }
  }
}
