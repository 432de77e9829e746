import { wrongOption } from '../options/wrong-option.js';
import { retryableError } from '../retryable-error.js';
import { SwitchboardError } from '../switchboard-error.js';

/** The part of an `AbortSignal` that this library uses. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Options of every call that waits. */
export interface WaitOptions {
  /**
   * Ends the wait: the call rejects with `aborted`, and is no longer repeated. The server may still have carried it out,
   * unless the signal was aborted from the beginning.
   */
  readonly signal?: AbortSignalLike | null | undefined;
}

/** Allows a frame to be sent until its caller aborts. */
export type Check = <T>(frame: T) => T;

export const unchecked: Check = (frame) => frame;

/** Runs a call until its caller aborts. */
export const abortable = <T>(
  call: (check: Check) => Promise<T>,
  options: WaitOptions | null | undefined,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const signal = options?.signal;
    const check: Check = (frame) => {
      if (signal?.aborted) throw new SwitchboardError('aborted');
      return frame;
    };
    const abort = () => reject(retryableError('aborted'));
    check(0);
    try {
      signal?.addEventListener('abort', abort);
    } catch {
      throw wrongOption('signal');
    }
    call(check)
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', abort));
  });
