import { peerOf } from './sources.js';

const PAGE = 100;
/** One page after the other as fast as they come would use up the connection's rate limit. */
const PAUSE_MS = 150;

/** Walks back through the inbox once for all direct conversations; each takes its messages from every page. */
export class Inbox {
  #client;
  #deal;
  #pages;
  #oldest;
  #isAtEnd = false;
  #reading;
  #readAt = 0;

  /** `deal` is given each page's letters, and returns nothing. */
  constructor(client, deal) {
    this.#client = client;
    this.#deal = deal;
  }

  /** Resolves with the next older page, which all callers share, or undefined at the end. */
  readOlder() {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** The pages that hold letters from or to this person. */
  async *lettersWith(peer) {
    for (let page = await this.readOlder(); page; page = await this.readOlder()) {
      const theirs = page.filter((letter) => peerOf(letter, this.#client.userId) === peer);
      if (theirs.length) yield theirs;
    }
  }

  /** After a reset: the next page is the newest one. */
  startOver() {
    this.#pages = undefined;
    this.#oldest = undefined;
    this.#isAtEnd = false;
  }

  async #read() {
    if (this.#isAtEnd) return undefined;
    const pauseMs = this.#readAt + PAUSE_MS - Date.now();
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const before = this.#oldest && { epoch: this.#oldest.epoch, offset: this.#oldest.offset };
    this.#pages ??= this.#client.inbox.history({ limit: PAGE, ...(before && { before }) });
    const pages = this.#pages;
    try {
      const { value, done } = await pages.next();
      // It was started over meanwhile.
      if (pages !== this.#pages) return [];
      this.#readAt = Date.now();
      this.#isAtEnd = done;
      if (done) return undefined;
      this.#oldest = value[0];
      this.#deal(value);
      return value;
    } catch (error) {
      // A generator that threw has ended: the next one goes on from the oldest letter read.
      if (pages === this.#pages) this.#pages = undefined;
      throw error;
    }
  }
}
