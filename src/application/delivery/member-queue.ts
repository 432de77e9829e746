import type { Membership } from '../../domain/membership.js';

/** One page that is known, or pages that are read. */
export type Members = readonly Membership[] | AsyncIterable<readonly Membership[]>;

/** Members for workers that take them one by one. While a page is served, the next one is read: never more than two are held. */
export class MemberQueue {
  #page: readonly Membership[] = [];
  #taken = 0;
  readonly #pages: AsyncIterator<readonly Membership[]>;
  #ahead: Promise<IteratorResult<readonly Membership[]>> | undefined;
  #turning: Promise<boolean> | undefined;

  constructor(members: Members) {
    this.#pages = (Symbol.asyncIterator in members ? members : one(members))[Symbol.asyncIterator]();
  }

  /** The next member of this page. */
  take(): Membership | undefined {
    const member = this.#page[this.#taken];
    this.#taken += 1;
    return member;
  }

  /** When the page has come to its end: false when there is no other. */
  more(): Promise<boolean> {
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = undefined;
    });
    return this.#turning;
  }

  /** Resolves once nothing is read any more. */
  async close(): Promise<void> {
    await this.#pages.return?.();
  }

  async #turn(): Promise<boolean> {
    const { done, value } = await (this.#ahead ?? this.#pages.next());
    this.#ahead = undefined;
    if (done) return false;
    this.#page = value;
    this.#taken = 0;
    this.#ahead = this.#pages.next();
    // It is looked at when its turn comes, and may have failed long before.
    this.#ahead.catch(() => {});
    return true;
  }
}

async function* one(page: readonly Membership[]): AsyncGenerator<readonly Membership[]> {
  yield page;
}
