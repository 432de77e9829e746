import type { FifoMessage, FifoQueue } from './fifo-queue.js';
import { type QueueRecord, toQueueRecord } from './queue-record.js';
import type { QueueSettings } from './queue-settings.js';

export type QueueHandler = (
  event: { Records: QueueRecord[] },
  context: { getRemainingTimeInMillis(): number },
) => Promise<{ batchItemFailures?: { itemIdentifier: string }[] } | null | undefined>;

/** Longest wait before the time of day is looked at again: it may be set back. */
const LOOK_AGAIN_MS = 5_000;

export interface QueueMappingOptions {
  settings: QueueSettings;
  /** The number of batches that are served simultaneously. */
  concurrency: number;
  queue: FifoQueue;
  handler: QueueHandler;
}

/** Replaces the event source mapping of a FIFO queue: it removes served messages, and the others become visible again. */
export class QueueMapping {
  readonly #running = new Set<Promise<void>>();
  #polling: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(private readonly options: QueueMappingOptions) {}

  /** Call it when there is something to receive. */
  poll(): void {
    if (this.#stopped) return;
    // Messages of one turn of the event loop can be one batch.
    this.#polling ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#polling = undefined;
        this.#receive();
        resolve();
      });
    });
  }

  /** Resolves when no batch is being served and no message can be received. */
  async idle(): Promise<void> {
    while (this.#polling || this.#running.size > 0) await Promise.all([this.#polling, ...this.#running]);
  }

  /** Drops waiting messages: clients find the gap. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.idle();
  }

  #receive(): void {
    const { queue, concurrency, settings } = this.options;
    while (!this.#stopped && this.#running.size < concurrency) {
      const messages = queue.receive(settings.batchSize);
      if (messages.length === 0) break;
      const serving: Promise<void> = this.#serve(messages).finally(() => {
        this.#running.delete(serving);
        this.#receive();
      });
      this.#running.add(serving);
    }
    clearTimeout(this.#timer);
    const { nextAt } = queue;
    if (nextAt !== undefined && !this.#stopped)
      this.#timer = setTimeout(
        () => this.#receive(),
        Math.min(nextAt - Date.now() + 1, LOOK_AGAIN_MS),
      ).unref();
  }

  async #serve(messages: readonly FifoMessage[]): Promise<void> {
    const { handler, settings, queue } = this.options;
    const deadline = Date.now() + settings.timeout * 1_000;
    const records = messages.map((message) => toQueueRecord(message));
    try {
      const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
      const result = await handler({ Records: records }, context);
      const reported =
        settings.functionResponseType === 'ReportBatchItemFailures' ? (result?.batchItemFailures ?? []) : [];
      const failed = new Set(reported.map(({ itemIdentifier }) => itemIdentifier));
      // An unknown identifier fails the whole batch.
      if ([...failed].some((id) => !messages.some(({ messageId }) => messageId === id))) return;
      for (const { messageId } of messages) if (!failed.has(messageId)) queue.delete(messageId);
    } catch {
      // The whole batch becomes visible again.
    }
  }
}
