import { requestUntilAnswered } from '../requests/request-until-answered.js';
import type { Requester } from '../requests/requester.js';
import type { Link } from './link.js';

/** Refreshes the token when the server says that a connection's token is about to expire. */
export const createTokenRefresh = (requester: Requester): ((link: Link) => Promise<void>) => {
  let refreshed: unknown;
  return async (link) => {
    const { token } = requester.config;
    if (!token || refreshed === link) return;
    refreshed = link;
    try {
      const fresh = await token();
      // The notice comes with the first frame in the last minute of the token, which may be the hello.
      while (link.isAlive() && link !== requester.link)
        await requester.wait(requester.config.requestTimeoutMs);
      await requestUntilAnswered(requester, 'refresh', () => ({ token: fresh }));
    } catch {
      // The old token expires, the server says so, and the next connection begins with a new token.
    }
    refreshed = undefined;
  };
};
