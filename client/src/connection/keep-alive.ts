import type { Cursor, RoomCursor } from '../../../protocol/cursor.js';
import type { Config } from '../options/configure.js';
import { createPacer } from '../requests/pacer.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import { createTimer } from '../time/timer.js';
import type { Link } from './link.js';
import { lost } from './lost.js';

/** Whatever asks for pings, and however short their interval is to be: two a second, and a few at once. */
const EVERY_MS = 500;
const BURST = 5;

interface Heads {
  resumptions(): RoomCursor[];
  observed(heads: Readonly<Record<string, Cursor>>): void;
}

/** Pings the connection: it stays open, is known to be alive, and tells of pushes that never came. */
export interface KeepAlive {
  start(link: Link): void;
  stop(): void;
  ping(link: Link): Promise<void>;
}

export const createKeepAlive = (config: Config, heads: Heads): KeepAlive => {
  const { clock, random, pingIntervalMs, pingTimeoutMs } = config;
  const takeTurn = createPacer(clock, BURST, EVERY_MS);
  const timer = createTimer(clock);
  let failures = 0;
  let asked: Link | undefined;
  const names = () => heads.resumptions().map(({ room }) => room);

  const start = (link: Link, ms = Math.max(pingIntervalMs, EVERY_MS)) =>
    timer.set(() => {
      start(link);
      void ping(link);
    }, ms);

  const ping = async (link: Link) => {
    if (asked === link) return;
    const heldMs = takeTurn();
    if (heldMs > 0) return start(link, heldMs);
    asked = link;
    const rooms = names();
    try {
      const reply = await link.request('ping', { rooms }, pingTimeoutMs);
      heads.observed(reply.heads);
      failures = 0;
    } catch (error) {
      const { code, retryable } = error as SwitchboardError;
      const mine = names();
      // No answer: the path is dead. A room of ours denied: memberships are not what we think, and hello sorts
      // them out one by one.
      if (code === 'timeout') link.drop(lost('No answer to a ping'));
      else if (retryable) start(link, EVERY_MS + backoff(failures++, random));
      else if (rooms.every((room) => mine.includes(room))) link.drop();
    }
    asked = undefined;
  };

  return { start, stop: timer.stop, ping };
};
