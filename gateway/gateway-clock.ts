/** Tells the time of day, and wakes. */
export interface GatewayClock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Calls `wake` once, unless the returned function is called before. It counts as timers do, which stand still while
   * the machine sleeps.
   */
  after(ms: number, wake: () => void): () => void;
}

export const SYSTEM_CLOCK: GatewayClock = {
  now: () => Date.now(),
  after: (ms, wake) => {
    const timer = setTimeout(wake, ms);
    return () => clearTimeout(timer);
  },
};
