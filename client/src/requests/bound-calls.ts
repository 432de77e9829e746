import { SwitchboardError } from '../switchboard-error.js';

/** Runs a call of the application, unless too many have not been answered yet. */
export type Admit = <T>(call: () => Promise<T>) => Promise<T>;

export const boundCalls = (most: number): Admit => {
  let calls = 0;
  return async (call) => {
    if (calls >= most) throw new SwitchboardError('queue_full', 'Too many calls wait', { retryable: true });
    calls += 1;
    try {
      return await call();
    } finally {
      calls -= 1;
    }
  };
};
