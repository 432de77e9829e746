import { createHash } from 'node:crypto';
import type { Database, Row, Value } from '../../../src/adapters/mysql/database/database.js';
import { lifetimeOf } from '../../../src/adapters/mysql/database/lifetime.js';
import { claimId } from '../../../src/adapters/mysql/log/claim-id.js';
import { IDEMPOTENCY_MS, LONGEST_RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { DONE, MOVED, NOT_EMPTY, OTHER_IMPORT, type Target } from './import-lines.js';
import type { MovedPublication, MovedRoom } from './move-file.js';

/** The longest retention of a stage: reads leave out publications that are older than the stage's own. */
const LIFETIME_MS = lifetimeOf(LONGEST_RETENTION_MS);

export class MySqlTarget implements Target {
  constructor(private readonly database: Database) {}

  async begin(movedAt: number): Promise<void> {
    const state = await this.#state();
    if (!state) throw new Error('It has no schema. Run npm run migrate.');
    if (state.imported === movedAt && state.import_done === 1) throw new Error(DONE);
    if (state.imported !== null && state.imported !== movedAt) throw new Error(OTHER_IMPORT);
    if (state.imported === null && state.moved_at !== null) throw new Error(MOVED);
    if (state.imported === null && state.has_rooms === 1) throw new Error(NOT_EMPTY);
    await this.#mark(movedAt);
    // Appends hold a lock on this row until they commit, so all earlier appends are visible now.
    if (state.imported === null && (await this.#state())?.is_published === 1) {
      await this.#mark(null);
      throw new Error(NOT_EMPTY);
    }
  }

  async publications(publications: readonly MovedPublication[]): Promise<void> {
    await this.#insert(
      'publications (room, epoch, log_offset, id, user_id, published_at, expires_at, request_id, data, publish_key)',
      publications.map(({ room, epoch, offset, id, from, at, data, requestId, key = null }) => [
        room,
        epoch,
        offset,
        id,
        from,
        at,
        at + LIFETIME_MS,
        requestId,
        data,
        key,
      ]),
    );
    const claims = publications.flatMap(({ room, epoch, offset, from, at, data, key }) =>
      key === undefined
        ? []
        : [[claimId(room, from, key), sha256(data), room, epoch, offset, at + IDEMPOTENCY_MS]],
    );
    if (claims.length > 0)
      await this.#insert('claims (id, hash, room, epoch, log_offset, expires_at)', claims);
  }

  async room({ moved, epoch, startedAt, offset, newestAt }: MovedRoom): Promise<void> {
    await this.#insert('heads (room, epoch, started_at, newest_offset, newest_at)', [
      [moved, epoch, startedAt, offset, newestAt ?? null],
    ]);
  }

  async end(): Promise<void> {
    await this.database.change(
      'UPDATE switchboard_moves SET import_done = 1, moved_at = NULL WHERE id = 1',
      [],
    );
  }

  async #state(): Promise<Row | undefined> {
    const [state] = await this.database.rows(
      `SELECT moved_at, imported, import_done, EXISTS (SELECT 1 FROM switchboard_heads) AS has_rooms,
        EXISTS (SELECT 1 FROM switchboard_heads WHERE newest_offset > 0) AS is_published
        FROM switchboard_moves WHERE id = 1`,
      [],
    );
    return state;
  }

  /** During an import, appends find that the log has moved to another store. */
  async #mark(movedAt: number | null): Promise<void> {
    const statement = 'UPDATE switchboard_moves SET imported = ?, moved_at = ? WHERE id = 1';
    await this.database.change(statement, [movedAt, movedAt]);
  }

  async #insert(into: string, rows: readonly Value[][]): Promise<void> {
    const values = rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
    await this.database.change(`REPLACE INTO switchboard_${into} VALUES ${values}`, rows.flat());
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
