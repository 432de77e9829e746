import { requestUntilAnswered } from '../requests/request-until-answered.js';
import type { Requester } from '../requests/requester.js';
import type { Link } from './link.js';

/** What to do when the server says that the token of a connection is about to expire. */
export const createTokenRefresh = (requester: Requester): ((link: Link) => Promise<void>) => {
  let refreshed: unknown;
  return async (link) => {
    const { token } = requester.config;
    if (!token || refreshed === link) return;
    refreshed = link;
    try {
      const fresh = await token();
      // It is told with the first frame of a connection's last minute, which may be its hello.
      while (link.isAlive() && link !== requester.link)
        await requester.wait(requester.config.requestTimeoutMs);
      await requestUntilAnswered(requester, 'refresh', () => ({ token: fresh }));
    } catch {
      // The old one runs out, the server says so, and the next connection begins with a new one.
    }
    refreshed = undefined;
  };
};
