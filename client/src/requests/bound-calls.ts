import { retryableError } from '../retryable-error.js';
import { abortable, type Check, type WaitOptions } from './abortable.js';

/** Runs a call of the application, unless too many are still unanswered. */
export type Admit = <T>(
  call: (check: Check) => Promise<T>,
  options: WaitOptions | null | undefined,
) => Promise<T>;

export const boundCalls = (most: number): Admit => {
  let calls = 0;
  return async (call, options) => {
    if (calls >= most) throw retryableError('queue_full');
    calls += 1;
    try {
      return await abortable(call, options);
    } finally {
      calls -= 1;
    }
  };
};
