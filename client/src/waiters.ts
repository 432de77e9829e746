import { type Clock, withDeadline } from './clock.js';

/** Those who wait for the same thing. */
export class Waiters<T> {
  readonly #waiting = new Set<{ resolve(value: T): void; reject(error: Error): void }>();

  constructor(private readonly clock: Clock) {}

  wait(ms: number, late: () => Error): Promise<T> {
    let waiter: { resolve(value: T): void; reject(error: Error): void };
    const promise = new Promise<T>((resolve, reject) => {
      waiter = { resolve, reject };
      this.#waiting.add(waiter);
    });
    return withDeadline(this.clock, promise, ms, late).finally(() => this.#waiting.delete(waiter));
  }

  resolve(value: T): void {
    for (const waiter of this.#waiting) waiter.resolve(value);
  }

  reject(error: Error): void {
    for (const waiter of this.#waiting) waiter.reject(error);
  }
}
