import type { Cursor } from '../../../../protocol/cursor.js';
import type { Room } from '../../../../protocol/names.js';
import type { Clock } from '../../../application/ports/clock.js';
import type {
  Appended,
  Draft,
  PeekedHead,
  PublicationLog,
  Terms,
} from '../../../application/ports/publication-log.js';
import type { Random } from '../../../application/ports/random.js';
import { ClientError } from '../../../domain/client-error.js';
import type { Publication } from '../../../domain/publications/publication.js';
import { slotKey } from '../keys.js';
import { isLive } from '../table/expiry.js';
import { StoreClock } from '../table/store-clock.js';
import { pages, type Table } from '../table/table.js';
import { Append, type First } from './append.js';
import { PeekedRoom } from './peeked-room.js';
import { isSeal, toPublication } from './publication-row.js';
import { RoomHead } from './room-head.js';
import { RoomQueue } from './room-queue.js';

const DEADLINE_MS = 8_000;
const FIRST_PAUSE_MS = 8;
const LONGEST_PAUSE_MS = 500;

/** That one query asks for, however many are to be read: 260 KB of the largest. */
const MOST_ROWS = 16;

export class DynamoDBPublicationLog implements PublicationLog {
  readonly #time: StoreClock;
  readonly #heads: RoomHead;
  readonly #queue = new RoomQueue<Appended>();

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly random: Random,
    /** Called when the process's clock is found to be wrong, and by how much. */
    onWrongClock?: (aheadMs: number) => void,
  ) {
    this.#time = new StoreClock(table, clock, onWrongClock);
    this.#heads = new RoomHead(table, this.#time, random);
  }

  async append(
    room: Room,
    draft: Draft,
    { handOver, peeked, admitted, time }: Terms = {},
  ): Promise<Appended> {
    // Other appends of this process may come first, and it may have failed long before.
    admitted?.catch(() => {});
    const append = new Append(
      this.table,
      this.#heads,
      this.#time,
      room,
      draft,
      handOver,
      this.random.id(20),
      admitted,
      time,
    );
    const deadline = this.clock.now() + DEADLINE_MS;
    return this.#queue.run(room, (last) => {
      let first: First = {
        look: peeked instanceof PeekedRoom ? peeked.look : undefined,
        last: last?.publication,
      };
      const attempt = () => {
        const known = first;
        first = {};
        return append.attempt(known);
      };
      return this.#untilDone(attempt, deadline);
    });
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
      found.push(...rows.filter((row) => isLive(row, now) && !isSeal(row)).map(toPublication));
      left -= rows.length;
      // DynamoDB names a next page whenever a limit was reached, though there may be nothing on it.
      if (left <= 0) break;
    }
    return found;
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
