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
import { type Publication, RETENTION_MS } from '../../../domain/publications/publication.js';
import { logOf, slotKey } from '../keys.js';
import { isLive, lifetimeOf } from '../table/expiry.js';
import { StoreClock } from '../table/store-clock.js';
import { pages, type Row, type Table } from '../table/table.js';
import { Append, type AppendStart, type PlacedAppend } from './append.js';
import { PeekedRoom } from './peeked-room.js';
import { isSeal, slotOf, toPublication, toSealRow } from './publication-row.js';
import { RoomHead } from './room-head.js';
import { RoomQueue } from './room-queue.js';

const DEADLINE_MS = 8_000;
const FIRST_PAUSE_MS = 8;
const LONGEST_PAUSE_MS = 500;

/** The most rows of one query: 260 KB of the largest. */
const MOST_ROWS = 16;

export class DynamoDBPublicationLog implements PublicationLog {
  readonly #time: StoreClock;
  readonly #heads: RoomHead;
  readonly #lifetimeMs: number;
  readonly #queue = new RoomQueue<PlacedAppend>();

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly random: Random,
    /** Called when the process's clock is found to be wrong, and by how much. */
    onWrongClock?: (aheadMs: number) => void,
    retentionMs = RETENTION_MS,
  ) {
    this.#lifetimeMs = lifetimeOf(retentionMs);
    this.#time = new StoreClock(table, clock, onWrongClock);
    this.#heads = new RoomHead(table, this.#time, random, this.#lifetimeMs);
  }

  async append(
    room: Room,
    draft: Draft,
    { handOver, peeked, admitted, time }: AppendOptions = {},
  ): Promise<Appended> {
    // It is awaited after other appends of this process, and may have failed long before.
    admitted?.catch(() => {});
    const append = new Append(
      this.table,
      this.#heads,
      this.#time,
      this.#lifetimeMs,
      room,
      draft,
      handOver,
      this.random.id(20),
      admitted,
      time,
    );
    const deadline = this.clock.now() + DEADLINE_MS;
    const { publication, repeated } = await this.#queue.run(room, (last) => {
      let first: AppendStart = {
        look: peeked instanceof PeekedRoom ? peeked.look : undefined,
        last,
      };
      const attempt = () => {
        const known = first;
        first = {};
        return append.attempt(known);
      };
      return this.#untilDone(attempt, deadline);
    });
    return { publication, repeated };
  }

  async head(room: Room, signal?: AbortSignal): Promise<Cursor> {
    return this.#untilDone(() => this.#heads.read(room, signal), this.clock.now() + DEADLINE_MS);
  }

  async peek(room: Room, signal?: AbortSignal): Promise<PeekedHead> {
    return new PeekedRoom(await this.#heads.look(room, signal), () => this.head(room, signal), signal);
  }

  async range(
    room: Room,
    epoch: string,
    first: number,
    last: number,
    signal?: AbortSignal,
  ): Promise<Publication[]> {
    if (first > last) return [];
    const { pk, sk } = slotKey(room, epoch, first);
    const between = [sk, slotKey(room, epoch, last).sk] as const;
    const found: Publication[] = [];
    let left = last - first + 1;
    for await (const rows of pages(this.table, { pk, between, limit: Math.min(left, MOST_ROWS), signal })) {
      const now = this.#time.now();
      found.push(...rows.filter((row) => this.#isReadable(row, now)).map(toPublication));
      left -= rows.length;
      // DynamoDB names a next page whenever a limit was reached, even if that page is empty.
      if (left <= 0) break;
    }
    return found;
  }

  /**
   * Rows become seals: if they were deleted, a writer that wakes up late would find their places free. They vanish when
   * their publications would have.
   */
  async erase(room: Room): Promise<number> {
    const deadline = this.clock.now() + DEADLINE_MS;
    const { epoch } = await this.#untilDone(() => this.#heads.begin(room), deadline);
    const earlier = { pk: logOf(room), between: ['0', epoch], attributes: ['seal', 'expiresAt'] } as const;
    let erased = 0;
    for await (const rows of pages(this.table, earlier)) {
      const written = rows.filter((row) => !isSeal(row));
      await this.table.putAll(written.map((row) => toSealRow(slotOf(row), row.expiresAt as number)));
      erased += written.length;
    }
    return erased;
  }

  /** Rows written under a longer retention stay longer than they can now be read. */
  #isReadable(row: Row, now: number): boolean {
    return !isSeal(row) && isLive(row, now) && (row.at as number) > now - this.#lifetimeMs;
  }

  /** Full jitter between attempts, so that colliding writers do not collide again. */
  async #untilDone<T>(attempt: () => Promise<T | undefined>, deadline: number): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const done = await attempt();
      if (done !== undefined) return done;
      if (this.clock.now() >= deadline) throw new ClientError('conflict');
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 10));
      await this.clock.sleep(this.random.number() * longest);
    }
  }
}
