import { setMaxListeners } from 'node:events';
import { ClientError } from '../../../domain/client-error.js';
import { FrameTime } from '../../../domain/frame-time.js';

/** Maximum time for a frame. */
export const TIMEOUT_MS = 12_000;

/** A write that is under way gets a little more: after 15 s Lambda ends the function, which then sends no reply. */
const LAST_MS = 2_000;

/** Resolves to the result of the work. When its time is up, the work is cancelled, and this rejects with `timeout`. */
export const inTime = async <T>(
  work: (time: FrameTime) => Promise<T>,
  timeoutMs = TIMEOUT_MS,
): Promise<T> => {
  const time = new FrameTime();
  // A frame can have a hundred reads under way, each of which listens.
  setMaxListeners(0, time.signal);
  const timers: NodeJS.Timeout[] = [];
  const late = new Promise<never>((_, reject) => {
    time.signal.addEventListener('abort', () => reject(time.signal.reason));
    timers.push(
      setTimeout(() => time.end(), timeoutMs),
      setTimeout(() => reject(new ClientError('timeout')), timeoutMs + LAST_MS),
    );
  });
  try {
    return await Promise.race([work(time), late]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
};
