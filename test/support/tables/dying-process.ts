/**
 * A process that dies at the call after the first `calls`: before the call is done or, with `after`, right after it.
 */
export class DyingProcess {
  #left: number;

  constructor(
    calls: number,
    private readonly after: boolean,
  ) {
    this.#left = calls;
  }

  get isDead(): boolean {
    return this.#left < 0;
  }

  /** The same object, whose calls count for this process. */
  of<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (owner, name) => {
        const value = Reflect.get(owner, name) as unknown;
        // `now` is not async.
        if (typeof value !== 'function' || name === 'now') return value;
        return (...args: unknown[]) => {
          this.#left -= 1;
          if (!this.isDead) return value.apply(owner, args);
          const done = this.after && this.#left === -1 ? value.apply(owner, args) : undefined;
          const killed = async () => {
            await done;
            throw new Error('killed');
          };
          return name === 'members' ? failing(killed) : killed();
        };
      },
    });
  }
}

const failing = (killed: () => Promise<never>): AsyncIterable<never> => ({
  [Symbol.asyncIterator]: () => ({ next: killed }),
});
