import type { Scheduler, Timer } from './scheduler.js';

/**
 * During a simulation, the platform's clock and timers use virtual time. Its random numbers throw, because they would
 * make two runs of a seed differ. Returns a function that restores everything.
 */
export const virtualGlobals = (scheduler: Scheduler): (() => void) => {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  const { random } = Math;
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms = 0) => scheduler.after(ms, run),
    clearTimeout: (timer: Timer | undefined) => timer && scheduler.cancel(timer),
  });
  Date.now = () => scheduler.now;
  Math.random = () => {
    throw new Error('In a simulation, all random numbers come from the seed');
  };
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
    Math.random = random;
  };
};
