import type { Config } from '../options/configure.js';
import { platform } from '../options/platform.js';
import { createTimer } from './timer.js';

/** How often to look whether time jumped, and how far it has to. */
const TICK_MS = 5_000;

const EVENTS = ['online', 'offline', 'pageshow', 'visibilitychange'] as const;

/**
 * Notices when the machine or the page may have slept: by the platform's events, and by a timer that comes late. Returns a
 * function that stops it.
 */
export const watchForSleep = (
  { clock, date, network }: Config,
  woke: (why: string) => void,
): (() => void) => {
  // With another network than the page's own (an option), the page may still sleep.
  const sources = [network, platform];
  let dueAt: number;
  const timer = createTimer(clock);

  const notice = ({ type }: { readonly type: string }) => {
    // A hidden page can wait: an event comes when it is shown, and its timers are slow.
    if (type === 'offline' || platform.document?.visibilityState !== 'hidden') woke(type);
  };
  const tick = () => {
    // A clock that was set back also counts as a jump.
    if (Math.abs(date() - dueAt) > TICK_MS) notice({ type: 'time' });
    wait();
  };
  const wait = () => {
    dueAt = date() + TICK_MS;
    timer.set(tick, TICK_MS);
  };
  const each = (method: 'addEventListener' | 'removeEventListener') => {
    for (const source of sources) for (const type of EVENTS) source?.[method]?.(type, notice);
  };

  each('addEventListener');
  wait();
  return () => {
    timer.stop();
    each('removeEventListener');
  };
};
