import type { Database, Row } from '../../../../../src/adapters/mysql/database/database.js';
import { type Ledger, placeOf } from '../records/ledger.js';
import type { Scheduler } from '../time/scheduler.js';

const PUBLICATION = 'room, epoch, log_offset, id, user_id, publish_key, data, published_at, expires_at';

const publication = (row: 'NEW' | 'OLD'): string =>
  PUBLICATION.split(', ')
    .map((column) => `${row}.${column}`)
    .join(', ');

const trigger = (event: string, table: string, what: string): string =>
  `CREATE TRIGGER torture_${event}_${table} AFTER ${event} ON switchboard_${table} FOR EACH ROW ${what}`;

const note = (what: string, columns: string, values: string): string =>
  `INSERT INTO torture_journal (what, ${columns}) VALUES ('${what}', ${values});`;

const epoch = note('epoch', 'room, epoch', 'NEW.room, NEW.epoch');

/** Records every committed change of a publication, by any statement. */
export const JOURNAL: readonly string[] = [
  `CREATE TABLE torture_journal (
    n BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, what VARCHAR(8), room VARBINARY(1536), epoch VARCHAR(32), log_offset BIGINT,
    id VARCHAR(64), user_id VARCHAR(1536), publish_key VARCHAR(255), data MEDIUMTEXT, published_at BIGINT, expires_at BIGINT
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  trigger('INSERT', 'publications', note('written', PUBLICATION, publication('NEW'))),
  trigger('UPDATE', 'publications', note('changed', PUBLICATION, publication('NEW'))),
  trigger('DELETE', 'publications', note('deleted', PUBLICATION, publication('OLD'))),
  trigger('INSERT', 'heads', epoch),
  trigger('UPDATE', 'heads', `IF NEW.epoch <> OLD.epoch THEN ${epoch} END IF`),
];

/** Copies new journal rows into the ledger. */
export class Journal {
  #last = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly scheduler: Scheduler,
  ) {}

  async read(database: Database): Promise<void> {
    const rows = await database.rows(
      `SELECT n, what, CONVERT(room USING utf8mb4) AS room, epoch, log_offset, id, user_id, publish_key, data,
        published_at, expires_at FROM torture_journal WHERE n > ? ORDER BY n`,
      [this.#last],
    );
    for (const row of rows) {
      this.#last = row.n as number;
      if (row.what === 'epoch') this.#epoch(row);
      else this.#publication(row);
    }
  }

  #epoch(row: Row): void {
    this.ledger.began(row.room as string, row.epoch as string, this.scheduler.now);
  }

  #publication(row: Row): void {
    const { ledger, scheduler } = this;
    const [room, epoch, offset] = [row.room as string, row.epoch as string, row.log_offset as number];
    const place = placeOf(room, epoch, offset);
    if (row.what === 'deleted') ledger.vanished.set(place, scheduler.now);
    else if (row.what === 'changed') ledger.violate('durability', `${place} was overwritten`);
    else if (ledger.stored.has(place))
      ledger.violate('durability', `${place} was written again after it had vanished`);
    else
      ledger.stored.set(place, {
        room,
        epoch,
        offset,
        seal: false,
        id: row.id as string,
        from: row.user_id as string,
        key: (row.publish_key as string | null) ?? undefined,
        data: row.data as string,
        at: row.published_at as number,
        expiresAt: row.expires_at as number,
        storedAt: scheduler.now,
        streamed: false,
      });
  }
}
