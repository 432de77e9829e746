import type { Membership } from '../../domain/membership.js';

/** One known page, or pages to read. */
export type MemberSource = readonly Membership[] | AsyncIterable<readonly Membership[]>;

/** Members for workers that take them one by one. While a page is served, the next is read: at most two pages are held. */
export class MemberQueue {
  #page: readonly Membership[] = [];
  #taken = 0;
  readonly #pages: AsyncIterator<readonly Membership[]>;
  #ahead: Promise<IteratorResult<readonly Membership[]>> | undefined;
  #turning: Promise<boolean> | undefined;

  constructor(members: MemberSource) {
    this.#pages = (Symbol.asyncIterator in members ? members : one(members))[Symbol.asyncIterator]();
  }

  /** The next member of this page. */
  take(): Membership | undefined {
    const member = this.#page[this.#taken];
    this.#taken += 1;
    return member;
  }

  /** Whether all members of this page were taken. */
  get isEmpty(): boolean {
    return this.#taken >= this.#page.length;
  }

  /** Call it at the end of a page; false if there is no next page. */
  more(): Promise<boolean> {
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = undefined;
    });
    return this.#turning;
  }

  /** Resolves once no read is under way. */
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
    // It is awaited when its turn comes, and may have failed long before.
    this.#ahead.catch(() => {});
    return true;
  }
}

async function* one(page: readonly Membership[]): AsyncGenerator<readonly Membership[]> {
  yield page;
}
