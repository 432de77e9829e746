import type { Clock } from '../options/clock.js';

/** Pauses that can be ended early. */
export interface Sleepers {
  sleep(ms: number): Promise<void>;
  wake(): void;
}

export const createSleepers = (clock: Clock): Sleepers => {
  const wakes = new Set<() => void>();
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const wake = () => {
          clock.clearTimeout(timer);
          wakes.delete(wake);
          resolve();
        };
        const timer = clock.setTimeout(wake, ms);
        wakes.add(wake);
      }),
    wake: () => {
      for (const wake of wakes) wake();
    },
  };
};
