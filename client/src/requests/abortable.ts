import { retryableError } from '../retryable-error.js';
import { SwitchboardError } from '../switchboard-error.js';

/** As much of an `AbortSignal` as this library uses. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What every call takes that waits. */
export interface WaitOptions {
  /**
   * Ends the wait: the call rejects with `aborted`, and is not repeated any more. It may have been done all the same,
   * unless the signal was there from the beginning.
   */
  readonly signal?: AbortSignalLike | null | undefined;
}

/** Lets what is to be sent pass, until its caller does not want it any more. */
export type Check = <T>(frame: T) => T;

export const unchecked: Check = (frame) => frame;

/** Runs a call until its caller does not want it any more. */
export const abortable = <T>(
  call: (check: Check) => Promise<T>,
  signal: AbortSignalLike | null | undefined,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const check: Check = (frame) => {
      if (signal?.aborted) throw new SwitchboardError('aborted');
      return frame;
    };
    const abort = () => reject(retryableError('aborted'));
    check(0);
    signal?.addEventListener('abort', abort);
    call(check)
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', abort));
  });
