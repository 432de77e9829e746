import { perform } from './perform.js';
import type { Session } from './session.js';

/** A new token for the connection whose old one is about to expire. */
export class TokenRefresh {
  #isUnderWay = false;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async run(): Promise<void> {
    const { token } = this.#session.config;
    if (!token || this.#isUnderWay) return;
    this.#isUnderWay = true;
    try {
      const fresh = await token();
      await perform(this.#session, 'refresh', () => ({ token: fresh }));
    } catch {
      // The old one runs out, the server says so, and the next connection begins with a new one.
    }
    this.#isUnderWay = false;
  }
}
