import { METRIC_UNITS, type MetricName, type Numbers } from './metric-names.js';
import type { MetricsPlace } from './metrics-place.js';

export interface MetricsOptions extends MetricsPlace {
  /** Takes one line. */
  write: (line: object) => void;
  /** Absent: the system's time. */
  now?: () => number;
}

/** The first value of a period is written at once, so rare events appear at once; the rest when the next period begins. */
const GATHER_MS = 10_000;
/** The most values of one metric that CloudWatch reads from one line. */
const VALUES = 100;

/**
 * Numbers as lines of CloudWatch's embedded metric format, from which CloudWatch makes metrics. When Lambda ends an
 * instance, its numbers of at most the last ten seconds are lost.
 */
export class GatheredMetrics {
  readonly #now: () => number;
  readonly #values = new Map<MetricName, number[]>();
  /** When the first of the gathered values came. */
  #since = 0;
  #periodFrom = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: MetricsOptions) {
    this.#now = options.now ?? Date.now;
  }

  add(numbers: Numbers): void {
    const entries = Object.entries(numbers) as [MetricName, number][];
    if (entries.length === 0) return;
    const now = this.#now();
    const isFirst = now - this.#periodFrom >= GATHER_MS;
    if (isFirst) {
      // A frozen instance may wake hours later: its numbers belong to the time before.
      this.#write();
      this.#periodFrom = now;
    }
    if (this.#values.size === 0) this.#since = now;
    for (const [name, value] of entries)
      this.#values.set(name, together(name, this.#values.get(name), value));
    if (isFirst || this.#isFull) this.#write();
  }

  get #isFull(): boolean {
    return [...this.#values.values()].some(({ length }) => length === VALUES);
  }

  #write(): void {
    if (this.#values.size === 0) return;
    const { namespace, stage, write } = this.options;
    const metrics = [...this.#values.keys()].map((name) => ({ Name: name, Unit: METRIC_UNITS[name] }));
    write({
      _aws: {
        Timestamp: this.#since,
        CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [['stage']], Metrics: metrics }],
      },
      stage,
      ...Object.fromEntries(this.#values),
    });
    this.#values.clear();
  }
}

/** Times keep their spread, counts are a sum. */
const together = (name: MetricName, values: readonly number[] = [], value: number): number[] =>
  METRIC_UNITS[name] === 'Count' ? [(values[0] ?? 0) + value] : [...values, value];
