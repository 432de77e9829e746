import { slotOf } from '../../../../../src/adapters/dynamodb/log/publication-row.js';
import type { Row } from '../../../../../src/adapters/dynamodb/table/table.js';
import { type FilterPattern, matches } from '../../../../../src/entry/local/stream/filter-pattern.js';
import { type StreamRecord, toStreamRecord } from '../../../../../src/entry/local/stream/stream-record.js';
import { placeOf } from '../records/ledger.js';
import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';
import type { Rows } from './rows.js';

interface Entry {
  record: StreamRecord;
  place: string;
}

interface Shard {
  waiting: Entry[];
  /** Batches that were served. */
  past: Entry[][];
  running: boolean;
}

const SHARDS = 2;

/**
 * The messages table's stream and its event source mapping: one batch at a time for each shard, retried from the first
 * failed record.
 */
export class SimulatedStream {
  readonly #random: SeededRandom;
  readonly #shards = Array.from({ length: SHARDS }, (): Shard => ({ waiting: [], past: [], running: false }));
  #records = 0;

  constructor(
    private readonly world: SimulatedWorld,
    messages: Rows,
    private readonly patterns: readonly FilterPattern[],
    private readonly retries: number,
  ) {
    this.#random = world.random.fork('stream');
    messages.onWrite((key, before, after) => {
      const eventName = !after ? 'REMOVE' : before ? 'MODIFY' : 'INSERT';
      this.#records += 1;
      const record = toStreamRecord(
        { eventName, key, ...(after && { newImage: after }) },
        this.#records,
        'messages',
      );
      if (!after || !this.patterns.some((pattern) => matches(pattern, record))) return;
      this.#add(record, after);
    });
  }

  get idle(): boolean {
    return this.#shards.every(({ running }) => !running);
  }

  #add(record: StreamRecord, item: Row): void {
    const { room, epoch, offset } = slotOf(item);
    const shard = this.#shards[room.length % SHARDS] as Shard;
    shard.waiting.push({ record, place: placeOf(room, epoch, offset) });
    if (shard.running) return;
    shard.running = true;
    this.world.ledger.watch(this.#work(shard));
  }

  async #work(shard: Shard): Promise<void> {
    const { scheduler, settings } = this.world;
    await scheduler.sleep(this.#random.between(1, 300));
    while (shard.waiting.length > 0) {
      const batch = shard.waiting.splice(0, this.#random.whole(1, settings.batchSize));
      await this.#serve(batch, 0);
      shard.past.push(batch);
      // Delivery is at least once: a served record can come again, even after newer ones.
      if (this.#random.chance(this.world.faults.batchAgain))
        await this.#invoke(this.#random.pick(shard.past));
    }
    shard.running = false;
  }

  async #serve(batch: Entry[], attempts: number): Promise<void> {
    const { ledger, scheduler } = this.world;
    const { failedFrom, excused } = await this.#invoke(batch);
    for (const { place } of batch.slice(0, failedFrom)) ledger.served.set(place, scheduler.now);
    const left = batch.slice(failedFrom);
    if (left.length === 0) return;
    await scheduler.sleep(this.#random.between(100, 1_000));
    if (left.length > 1) {
      // Halving does not use up a retry.
      const half = Math.ceil(left.length / 2);
      await this.#serve(left.slice(0, half), attempts);
      await this.#serve(left.slice(half), attempts);
    } else if (attempts < this.retries) await this.#serve(left, attempts + 1);
    else {
      for (const { place } of left) ledger.givenUp.add(place);
      if (!excused) ledger.violate('delivery', `the stream gave up ${left[0]?.place}, and nothing was wrong`);
    }
  }

  /** The index of the first failed record (or the number of records), and whether a fault explains the failure. */
  async #invoke(batch: readonly Entry[]): Promise<{ failedFrom: number; excused: boolean }> {
    this.world.ledger.count('stream batches');
    this.world.ledger.count('stream records', batch.length);
    const records = batch.map(({ record }) => record);
    const { result, invocation } = await this.world.fleet.fanOut({ Records: records });
    const { servedBy } = this.world.ledger;
    for (const { place } of batch) servedBy.set(place, new Set([...(servedBy.get(place) ?? []), invocation]));
    if (!result || this.#random.chance(this.world.faults.batchFails)) return { failedFrom: 0, excused: true };
    const failed = result.batchItemFailures.map(({ itemIdentifier }) =>
      records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
    );
    const failedFrom = failed.length === 0 ? batch.length : Math.max(0, Math.min(...failed));
    return { failedFrom, excused: invocation.faults.length > 0 };
  }
}
