import type { Clock } from '../options/clock.js';

/** A timer for at most one task: the next task replaces it. */
export interface Timer {
  set(callback: () => void, ms: number): void;
  stop(): void;
}

export const createTimer = (clock: Clock): Timer => {
  let timer: unknown;
  const stop = () => clock.clearTimeout(timer);
  return {
    set: (callback, ms) => {
      stop();
      timer = clock.setTimeout(callback, ms);
    },
    stop,
  };
};
