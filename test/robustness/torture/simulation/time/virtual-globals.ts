import type { Scheduler, Timer } from './scheduler.js';

/**
 * While a simulation runs, code that asks the platform for time gets virtual time, and code that asks it for chance is
 * stopped: two runs of a seed would differ. Resolves to the function that puts everything back.
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
    throw new Error('A simulation has no chance but its seed');
  };
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
    Math.random = random;
  };
};
