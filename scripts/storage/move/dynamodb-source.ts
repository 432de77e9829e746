import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { logOf, MOVED_KEY } from '../../../src/adapters/dynamodb/keys.js';
import { isSeal, toLastSealRow, toPublication } from '../../../src/adapters/dynamodb/log/publication-row.js';
import { type HeadReading, RoomHead } from '../../../src/adapters/dynamodb/log/room-head.js';
import { isLive, PUBLICATION_LIFETIME_MS } from '../../../src/adapters/dynamodb/table/expiry.js';
import { pages, type Table } from '../../../src/adapters/dynamodb/table/table.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { Random } from '../../../src/application/ports/random.js';
import type { Source } from './export-lines.js';
import type { MovedPublication, MovedRoom } from './move-file.js';
import { toMoved } from './to-moved.js';

/** Appends that did not see the mark have ended: they give up after 8 s, and their function ends after 15. */
const UNDER_WAY_MS = 20_000;

export class DynamoDBSource implements Source {
  readonly #heads: RoomHead;

  constructor(
    private readonly table: Table,
    /** The log of the same table. */
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly clock: Clock,
    random: Random,
  ) {
    this.#heads = new RoomHead(table, clock, random, PUBLICATION_LIFETIME_MS);
  }

  /** From now on, no room gets a first publication. */
  async mark(): Promise<number> {
    const movedAt = this.clock.now();
    if (await this.table.put({ ...MOVED_KEY, movedAt }, { absent: 'pk' })) {
      await this.clock.sleep(UNDER_WAY_MS);
      return movedAt;
    }
    const row = await this.table.get(MOVED_KEY);
    // An earlier export may have been stopped while it waited.
    await this.clock.sleep(Math.max(0, (row?.movedAt as number) + UNDER_WAY_MS - movedAt));
    return row?.movedAt as number;
  }

  async *rooms(): AsyncGenerator<MovedPublication | MovedRoom> {
    for await (const room of this.#known()) {
      const seen = await this.#seal(room);
      if (!seen) continue;
      const { epoch, offset } = seen.cursor;
      let newestAt: number | undefined;
      for await (const publication of this.#publications(room, epoch)) {
        yield publication;
        newestAt = publication.at;
      }
      const startedAt = seen.meta.startedAt as number;
      yield { moved: room, epoch, startedAt, offset, ...(newestAt !== undefined && { newestAt }) };
    }
  }

  async *#known(): AsyncGenerator<string> {
    const scan = {
      TableName: this.tableName,
      ConsistentRead: true,
      FilterExpression: 'sk = :meta',
      ExpressionAttributeValues: { ':meta': 'META' },
      ProjectionExpression: 'pk',
    };
    for await (const page of paginateScan({ client: this.documents }, scan))
      for (const { pk } of page.Items ?? []) yield String(pk).slice(logOf('').length);
  }

  /**
   * Puts the last seal after the room's newest publication. Undefined for an epoch that has ended or is about to end.
   */
  async #seal(room: string): Promise<HeadReading['seen']> {
    for (;;) {
      const { seen, write } = await this.#heads.look(room);
      if (!seen && write) return undefined;
      if (seen?.newest && isSeal(seen.newest)) return seen;
      if (!seen) continue;
      const { epoch, offset } = seen.cursor;
      await this.table.put(toLastSealRow({ room, epoch, offset: offset + 1 }), { absent: 'pk' });
    }
  }

  async *#publications(room: string, epoch: string): AsyncGenerator<MovedPublication> {
    const between = [`${epoch}#`, `${epoch}#~`] as const;
    for await (const rows of pages(this.table, { pk: logOf(room), between }))
      for (const row of rows)
        if (!isSeal(row) && isLive(row, this.clock.now())) yield toMoved(toPublication(row), row.key);
  }
}
