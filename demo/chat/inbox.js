import { pagesBefore, peerOf } from './sources.js';

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

  /** `deal` is given each page's messages, and returns nothing. */
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

  /** Stops at each page that holds messages from or to this person. `deal` has taken them by then: nothing is left to show. */
  async *pagesWith(peer) {
    for (let page = await this.readOlder(); page; page = await this.readOlder())
      if (page.some((message) => peerOf(message, this.#client.userId) === peer)) yield [];
  }

  /** A message that was pushed: older ones have to be read. */
  came(message) {
    this.#oldest ??= message;
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
    this.#pages ??= pagesBefore(this.#client, this.#client.inbox, this.#oldest, PAGE);
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
      // A generator that threw has ended: the next one goes on from the oldest message read.
      if (pages === this.#pages) this.#pages = undefined;
      throw error;
    }
  }
}
