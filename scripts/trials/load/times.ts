export const KINDS = ['connect', 'join', 'publish', 'delivery'] as const;

export type TimeKind = (typeof KINDS)[number];

export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Durations in milliseconds, by kind. */
export class Times {
  readonly #all = new Map<TimeKind, number[]>(KINDS.map((kind) => [kind, []]));

  add(kind: TimeKind, ms: number): void {
    this.#all.get(kind)?.push(ms);
  }

  /** The duration of `work`. A failure has none. */
  async of<T>(kind: TimeKind, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const result = await work();
    this.add(kind, performance.now() - startedAt);
    return result;
  }

  summary(): Record<TimeKind, Summary> {
    return Object.fromEntries(KINDS.map((kind) => [kind, summaryOf(this.#all.get(kind) ?? [])])) as Record<
      TimeKind,
      Summary
    >;
  }
}

const summaryOf = (times: readonly number[]): Summary => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};
