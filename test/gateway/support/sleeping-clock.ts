import type { GatewayClock } from '../../../gateway/gateway-clock.js';

/** The clock of a machine whose timers stop while it sleeps. Time passes only through its methods. */
export class SleepingClock implements GatewayClock {
  #now = 1_760_000_000_000;
  #awake = 0;
  readonly #timers = new Map<object, { at: number; wake: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, wake: () => void): () => void {
    const timer = {};
    this.#timers.set(timer, { at: this.#awake + ms, wake });
    return () => this.#timers.delete(timer);
  }

  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Stays awake for this long: due timers fire in order. */
  stayAwake(ms: number): void {
    const end = this.#awake + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      const [timer, { at, wake }] = due;
      this.#timers.delete(timer);
      this.#now += Math.max(0, at - this.#awake);
      this.#awake = Math.max(at, this.#awake);
      wake();
    }
    this.#now += end - this.#awake;
    this.#awake = end;
  }
}
