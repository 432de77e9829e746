import { perform } from './perform.js';
import type { Session } from './session.js';

/** What to do when the server says that the token is about to expire. */
export const createTokenRefresh = (session: Session): (() => Promise<void>) => {
  let refreshed: unknown;
  return async () => {
    const { token } = session.config;
    if (!token || refreshed === session.link) return;
    refreshed = session.link;
    try {
      const fresh = await token();
      await perform(session, 'refresh', () => ({ token: fresh }));
    } catch {
      // The old one runs out, the server says so, and the next connection begins with a new one.
    }
    refreshed = undefined;
  };
};
