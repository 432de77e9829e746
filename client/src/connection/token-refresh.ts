import type { Link } from './link.js';
import { perform } from './perform.js';
import type { Session } from './session.js';

/** What to do when the server says that the token of a connection is about to expire. */
export const createTokenRefresh = (session: Session): ((link: Link) => Promise<void>) => {
  let refreshed: unknown;
  return async (link) => {
    const { token } = session.config;
    if (!token || refreshed === link) return;
    refreshed = link;
    try {
      const fresh = await token();
      // It is told with the first frame of a connection's last minute, which may be its hello.
      while (link.isAlive && link !== session.link) await session.wait(session.config.requestTimeoutMs);
      await perform(session, 'refresh', () => ({ token: fresh }));
    } catch {
      // The old one runs out, the server says so, and the next connection begins with a new one.
    }
    refreshed = undefined;
  };
};
