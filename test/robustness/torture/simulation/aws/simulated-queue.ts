import { toMessage, toPiece } from '../../../../../src/adapters/sqs/piece-message.js';
import type { Piece } from '../../../../../src/domain/publications/piece.js';
import { type FifoMessage, FifoQueue } from '../../../../../src/entry/local/queue/fifo-queue.js';
import { toQueueRecord } from '../../../../../src/entry/local/queue/queue-record.js';
import type { QueueSettings } from '../../../../../src/entry/local/queue/queue-settings.js';
import type { Invocation } from '../instances/invocation.js';
import { placeOf } from '../records/ledger.js';
import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';

/**
 * The queue of pieces and its event source mapping: a few batches at once, each group in order; messages that were not
 * deleted come again.
 */
export class SimulatedQueue {
  readonly #random: SeededRandom;
  readonly #queue: FifoQueue;
  readonly #failures: FifoQueue;
  #workers = 0;

  constructor(
    private readonly world: SimulatedWorld,
    private readonly settings: QueueSettings,
  ) {
    this.#random = world.random.fork('queue');
    const options = { now: () => world.scheduler.now, newId: () => this.#random.id(10) };
    this.#failures = new FifoQueue({ ...options, visibilityTimeout: 30 });
    this.#queue = new FifoQueue({
      ...options,
      visibilityTimeout: settings.visibilityTimeout,
      maxReceiveCount: settings.maxReceiveCount,
      deadLetters: this.#failures,
      onMessage: () => this.#hire(),
    });
  }

  get idle(): boolean {
    return this.#workers === 0 && this.#queue.messages.length === 0;
  }

  add(pieces: readonly Piece[]): void {
    const { ledger } = this.world;
    ledger.count('pieces', pieces.length);
    for (const place of pieces.flatMap(placesOf)) {
      const stored = ledger.stored.get(place);
      if (stored) stored.streamed = true;
    }
    this.#send(this.#queue, pieces);
  }

  giveUp(pieces: readonly Piece[]): void {
    this.#send(this.#failures, pieces);
  }

  /** Records the pieces that no function will serve. */
  settle(): void {
    for (const { body } of this.#failures.messages)
      for (const place of placesOf(toPiece(body))) this.world.ledger.givenUp.add(place);
  }

  #send(queue: FifoQueue, pieces: readonly Piece[]): void {
    for (const [index, piece] of pieces.entries()) {
      const { MessageBody = '', MessageGroupId = '', MessageDeduplicationId = '' } = toMessage(piece, index);
      queue.send({ body: MessageBody, groupId: MessageGroupId, deduplicationId: MessageDeduplicationId });
    }
  }

  #hire(): void {
    if (this.#workers >= this.world.settings.piecesAtOnce) return;
    this.#workers += 1;
    this.world.ledger.watch(this.#work());
  }

  async #work(): Promise<void> {
    const { scheduler } = this.world;
    await scheduler.sleep(this.#random.between(1, 200));
    for (;;) {
      const batch = this.#queue.receive(this.#random.whole(1, this.settings.batchSize));
      if (batch.length > 0) {
        await this.#serve(batch);
        continue;
      }
      const { nextAt } = this.#queue;
      // One timer is enough for the messages that come again.
      if (nextAt === undefined || this.#workers > 1) break;
      await scheduler.sleep(Math.max(1, nextAt - scheduler.now));
    }
    this.#workers -= 1;
  }

  async #serve(batch: readonly FifoMessage[]): Promise<void> {
    const { ledger, scheduler, fleet, faults } = this.world;
    ledger.count('piece batches');
    const Records = batch.map(toQueueRecord);
    const { result, invocation } = await fleet.pieces({ Records });
    for (const message of batch) this.#note(message, invocation);
    if (!result || this.#random.chance(faults.batchFails)) return;
    const failed = new Set(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of batch) {
      if (failed.has(message.messageId)) continue;
      this.#queue.delete(message.messageId);
      for (const place of placesOf(toPiece(message.body))) ledger.served.set(place, scheduler.now);
    }
  }

  #note({ body }: FifoMessage, invocation: Invocation): void {
    const { servedBy } = this.world.ledger;
    for (const place of placesOf(toPiece(body)))
      servedBy.set(place, new Set([...(servedBy.get(place) ?? []), invocation]));
  }
}

const placesOf = ({ room, places }: Piece): string[] =>
  places.map(({ epoch, offset }) => placeOf(room, epoch, offset));
