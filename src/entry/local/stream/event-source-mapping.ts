import { setTimeout as sleep } from 'node:timers/promises';
import { matches } from './filter-pattern.js';
import type { MappingSettings } from './mapping-settings.js';
import type { StreamRecord } from './stream-record.js';

export type StreamHandler = (
  event: { Records: StreamRecord[] },
  context: { getRemainingTimeInMillis(): number },
) => Promise<{ batchItemFailures?: { itemIdentifier: string }[] } | null | undefined>;

export interface MappingOptions {
  settings: MappingSettings;
  /** Seconds that one invocation may take. */
  timeout: number;
  handler: StreamHandler;
  /** Receives the records that the mapping gave up on. */
  onFailure: (records: readonly StreamRecord[], reason: string) => void;
  /** Wait before a retry, in milliseconds. */
  retryMs?: number;
}

interface Batch {
  records: StreamRecord[];
  attempts: number;
  since: number;
}

/**
 * Replaces the event source mapping of one shard: batches in order, one at a time. It retries a failed batch from its first
 * failed record, in halves if the function itself failed, until the records are too old or have been tried too often.
 */
export class EventSourceMapping {
  readonly #waiting: StreamRecord[] = [];
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(private readonly options: MappingOptions) {}

  add(record: StreamRecord): void {
    const { filterPatterns } = this.options.settings;
    const wanted = filterPatterns.length === 0 || filterPatterns.some((pattern) => matches(pattern, record));
    if (!wanted || this.#stopped) return;
    this.#waiting.push(record);
    this.#running ??= this.#work();
  }

  /** Resolves when every added record is served or given up. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Gives up waiting records silently: the log has them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.length = 0;
    await this.idle();
  }

  async #work(): Promise<void> {
    const { batchSize, batchWindow } = this.options.settings;
    // Records of one turn of the event loop form a batch, as in one poll.
    await sleep(batchWindow * 1_000);
    while (this.#waiting.length > 0) {
      const records = this.#waiting.splice(0, batchSize);
      await this.#serve({ records, attempts: 0, since: Date.now() });
    }
    this.#running = undefined;
  }

  async #serve(first: Batch): Promise<void> {
    const batches = [first];
    for (let batch = batches.shift(); batch && !this.#stopped; batch = batches.shift()) {
      const { settings, retryMs = 200 } = this.options;
      const failedFrom = await this.#invoke(batch);
      if (failedFrom === undefined) continue;

      const left = { ...batch, records: batch.records.slice(failedFrom), attempts: batch.attempts + 1 };
      const half = Math.ceil(left.records.length / 2);
      if (settings.bisectBatchOnFunctionError && left.records.length > 1) {
        // Halving does not use up a retry.
        const halves = [left.records.slice(0, half), left.records.slice(half)];
        batches.unshift(...halves.map((records) => ({ ...left, records, attempts: batch.attempts })));
      } else if (left.attempts > settings.maximumRetryAttempts) {
        this.options.onFailure(left.records, 'RetryAttemptsExhausted');
      } else if (Date.now() - left.since > settings.maximumRecordAgeInSeconds * 1_000) {
        this.options.onFailure(left.records, 'RecordAgeExceeded');
      } else batches.unshift(left);
      await sleep(retryMs);
    }
  }

  /** The index of the first failed record; undefined when none failed. */
  async #invoke({ records }: Batch): Promise<number | undefined> {
    const { handler, timeout, settings } = this.options;
    const deadline = Date.now() + timeout * 1_000;
    try {
      const event = structuredClone({ Records: records });
      const result = await handler(event, { getRemainingTimeInMillis: () => deadline - Date.now() });
      if (settings.functionResponseType !== 'ReportBatchItemFailures') return undefined;
      const failures = result?.batchItemFailures ?? [];
      if (failures.length === 0) return undefined;
      const indexes = failures.map(({ itemIdentifier }) =>
        records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
      );
      // An unknown identifier fails the whole batch.
      return Math.max(0, Math.min(...indexes));
    } catch {
      return 0;
    }
  }
}
