/** Pages of which the first is read at once, before it is asked for. */
export class ReadAhead<Page> implements AsyncIterableIterator<Page, void> {
  #first: Promise<IteratorResult<Page, void>> | undefined;

  constructor(private readonly pages: AsyncGenerator<Page, void>) {
    this.#first = pages.next();
    // It is awaited when its turn comes, and may have failed long before.
    this.#first.catch(() => {});
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Page, void>> {
    const next = this.#first ?? this.pages.next();
    this.#first = undefined;
    return next;
  }

  /** Resolves once no read is under way. */
  return(): Promise<IteratorResult<Page, void>> {
    return this.pages.return();
  }
}
