import { backoff } from './backoff.js';
import { sleep } from './clock.js';
import type { Config } from './config.js';
import type { Link } from './link.js';
import { SwitchboardError } from './switchboard-error.js';

const TRIES = 3;
const underway = new WeakSet<Link>();

/**
 * Gives the connection a new token. When that fails the old one runs out, the server says so, and the next
 * connection begins with a new one: nothing more to do here.
 */
export const refreshToken = async (link: Link, config: Config): Promise<void> => {
  if (!config.token || underway.has(link)) return;
  underway.add(link);
  for (let attempt = 0; attempt < TRIES && link.isAlive; attempt += 1) {
    try {
      const token = await config.token();
      await link.request('refresh', JSON.stringify({ token }), config.requestTimeoutMs);
      break;
    } catch (error) {
      if (error instanceof SwitchboardError && !error.retryable) break;
      await sleep(config.clock, backoff(attempt, config.random));
    }
  }
  underway.delete(link);
};
