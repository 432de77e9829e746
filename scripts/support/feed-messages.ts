import type { Feed, Message } from '../../client/src/feed.js';

/** The messages of a feed's listener, with a wait for the ones that have not come yet. */
export class FeedMessages {
  readonly messages: Message[] = [];
  #reset: Error | undefined;
  #changed: () => void = () => undefined;
  #change = this.#nextChange();

  constructor(feed: Feed<unknown>) {
    feed.on('message', (message) => {
      this.messages.push(message);
      this.#changed();
    });
    feed.on('reset', ({ reason }) => {
      this.#reset = new Error(`Messages of ${feed.name} are missing: ${reason}.`);
      this.#changed();
    });
  }

  /** Resolves once every message in `expected` has arrived, to how often each did. Rejects after a reset. */
  async all(expected: readonly unknown[]): Promise<void> {
    for (;;) {
      if (this.#reset) throw this.#reset;
      if (expected.every((data) => this.count(data) > 0)) return;
      await this.#change;
    }
  }

  count(data: unknown): number {
    const text = JSON.stringify(data);
    return this.messages.filter((message) => JSON.stringify(message.data) === text).length;
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = () => {
        this.#change = this.#nextChange();
        resolve();
      };
    });
  }
}
