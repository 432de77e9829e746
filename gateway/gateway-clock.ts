/** A clock with timers. */
export interface GatewayClock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Calls `wake` once, unless the returned function is called earlier. Like a timer, it stands still while the machine
   * sleeps.
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
