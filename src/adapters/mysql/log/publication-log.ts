import { createHash } from 'node:crypto';
import type { Cursor } from '../../../../protocol/cursor.js';
import type { Room } from '../../../../protocol/names.js';
import type { Clock } from '../../../application/ports/clock.js';
import type {
  Appended,
  AppendOptions,
  Draft,
  PeekedHead,
  PublicationLog,
} from '../../../application/ports/publication-log.js';
import type { Random } from '../../../application/ports/random.js';
import { ClientError } from '../../../domain/client-error.js';
import { IDEMPOTENCY_MS, type Publication, RETENTION_MS } from '../../../domain/publications/publication.js';
import type { Database, Row } from '../database/database.js';
import { removeExpired } from '../database/expired-rows.js';
import { lifetimeOf, MARGIN_MS } from '../database/lifetime.js';
import { BELIEVED_NOW, TOLERANCE_MS } from '../database/store-time.js';
import { claimId } from './claim-id.js';
import { toPublication } from './publication-row.js';
import { RoomQueue } from './room-queue.js';

/** One in this many appends deletes expired rows. */
const APPENDS_PER_EXPIRY = 50;

/** The number of rows that one statement erases. */
const MOST_ERASED = 1_000;

export class MySqlPublicationLog implements PublicationLog {
  readonly #queue = new RoomQueue();
  readonly #lifetimeMs: number;
  #disagrees = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    /** Called when the process's clock is found to be wrong, and by how much. */
    private readonly onWrongClock: (aheadMs: number) => void = () => {},
    /** Expired rows stay until another append deletes them: reads leave them out. */
    private readonly onExpiryFailure: (error: unknown) => void = () => {},
    /** Whether the server has another clock than this process. */
    private readonly hasOwnClock = true,
    retentionMs = RETENTION_MS,
  ) {
    this.#lifetimeMs = lifetimeOf(retentionMs);
  }

  async append(room: Room, draft: Draft, { admitted, time }: AppendOptions = {}): Promise<Appended> {
    await admitted;
    return this.#queue.run(room, () => this.#append(room, draft, time));
  }

  async head(room: Room, signal?: AbortSignal): Promise<Cursor> {
    const values = [room, this.#lifetimeMs, this.clock.now(), this.random.id(6)];
    const [row = {}] = await this.database.call('switchboard_head', values, signal);
    return toCursor(row);
  }

  async peek(room: Room, signal?: AbortSignal): Promise<PeekedHead> {
    const now = this.clock.now();
    const [row] = await this.database.rows(
      `SELECT epoch, newest_offset AS log_offset FROM switchboard_heads
        WHERE room = ? AND (newest_offset > 0 OR started_at >= ${BELIEVED_NOW} - ?)`,
      [room, now, now, this.#lifetimeMs - MARGIN_MS],
      signal,
    );
    const cursor = row && toCursor(row);
    return { cursor, head: async () => cursor ?? this.head(room, signal) };
  }

  async range(
    room: Room,
    epoch: string,
    first: number,
    last: number,
    signal?: AbortSignal,
  ): Promise<Publication[]> {
    if (first > last) return [];
    const now = this.clock.now();
    const rows = await this.database.rows(
      `SELECT * FROM switchboard_publications
        WHERE room = ? AND epoch = ? AND log_offset BETWEEN ? AND ? AND expires_at > ${BELIEVED_NOW}
          AND published_at > ${BELIEVED_NOW} - ?
        ORDER BY log_offset`,
      [room, epoch, first, last, now, now, now, now, this.#lifetimeMs],
      signal,
    );
    return rows.map((row) => toPublication(room, row));
  }

  async erase(room: Room): Promise<number> {
    const values = [room, this.clock.now(), this.random.id(6)];
    const [{ epoch, outcome } = {}] = await this.database.call('switchboard_begin', values);
    if (outcome === 'moved') throw new ClientError('unavailable');
    const statement = `DELETE FROM switchboard_publications WHERE room = ? AND epoch < ? LIMIT ${MOST_ERASED}`;
    let erased = 0;
    for (let deleted = MOST_ERASED; deleted === MOST_ERASED; erased += deleted)
      deleted = await this.database.change(statement, [room, epoch as string]);
    return erased;
  }

  async #append(room: Room, draft: Draft, time: AppendOptions['time']): Promise<Appended> {
    time?.hold();
    const { from, key, data, requestId } = draft;
    const claim = key === undefined ? null : claimId(room, from, key);
    const hash = claim && sha256(data.text);
    const now = this.clock.now();
    const [row = {}] = await this.database.call('switchboard_append', [
      room,
      this.random.id(20),
      from,
      data.text,
      requestId,
      claim,
      hash,
      IDEMPOTENCY_MS,
      this.#lifetimeMs,
      now,
      this.random.id(6),
      key ?? null,
      this.hasOwnClock ? 1 : 0,
    ]);
    if (row.outcome === 'conflict' || row.outcome === 'moved') {
      time?.release();
      throw new ClientError(row.outcome === 'moved' ? 'unavailable' : 'idempotency_conflict');
    }
    const publication = toPublication(room, row);
    const repeated = row.outcome === 'repeated';
    if (this.random.number() * APPENDS_PER_EXPIRY < 1) this.#expire();
    if (!repeated) this.#compareClocks(now - publication.at);
    return { publication, repeated };
  }

  /** Not awaited, so the ack does not wait. The server finishes it even if this process freezes or dies. */
  #expire(): void {
    removeExpired(this.database).catch(this.onExpiryFailure);
  }

  /** The server replaced the process's time, which was wrong. */
  #compareClocks(aheadMs: number): void {
    const disagreed = this.#disagrees;
    this.#disagrees = Math.abs(aheadMs) > TOLERANCE_MS;
    if (this.#disagrees && !disagreed) this.onWrongClock(aheadMs);
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const toCursor = (row: Row): Cursor => ({ epoch: row.epoch as string, offset: row.log_offset as number });
