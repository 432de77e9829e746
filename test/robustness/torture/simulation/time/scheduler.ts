import { setImmediate } from 'node:timers';

export interface Timer {
  readonly time: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** More steps than any run needs: a run with more never comes to rest. */
const MOST_STEPS = 5_000_000;

/**
 * Virtual time, which drives the whole run: it fires one timer at a time, the earliest first, and the next one when all
 * work that the last one started is waiting again.
 */
export class Scheduler {
  readonly #heap: Timer[] = [];
  #time: number;
  #order = 0;
  #stop: (() => void) | undefined;
  #outside = 0;
  #goOn: (() => void) | undefined;
  steps = 0;

  #jumped = 0;
  readonly #started: number;

  constructor(start: number) {
    this.#time = start;
    this.#started = start;
  }

  /** Epoch milliseconds. */
  get now(): number {
    return Math.floor(this.#time);
  }

  /** Milliseconds that have passed, without jumps. */
  get passed(): number {
    return this.#time - this.#started - this.#jumped;
  }

  /** Fractions of a millisecond decide which timer fires first. */
  after(ms: number, run: () => void): Timer {
    this.#order += 1;
    const timer = { time: this.#time + Math.max(0, ms), order: this.#order, run };
    this.#push(timer);
    return timer;
  }

  cancel(timer: Timer): void {
    timer.run = undefined;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Runs real work, such as a statement on a server: no virtual time passes until it is done. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside += 1;
    try {
      return await work;
    } finally {
      this.#outside -= 1;
      // Work that it starts goes first, and may start more.
      if (this.#outside === 0) process.nextTick(() => this.#goOn?.());
    }
  }

  /** Moves time ahead at once; running waits keep their remaining time. */
  jump(ms: number): void {
    this.#time += ms;
    this.#jumped += ms;
    for (const timer of this.#heap) (timer as { time: number }).time += ms;
  }

  /** Ends the run where it is. */
  stop(): void {
    this.#stop?.();
  }

  /** Runs until the work is done. Rejects if it waits for an event that never comes. */
  run(work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      let done = false;
      const end =
        <V>(settle: (value: V) => void) =>
        (value: V) => {
          done = true;
          settle(value);
        };
      work.then(end(resolve), end(reject));
      this.#stop = end(resolve);

      const step = () => {
        if (done) return;
        this.#goOn = undefined;
        if (this.#outside > 0) {
          this.#goOn = step;
          return;
        }
        const timer = this.#pop();
        if (!timer) return reject(new Error('Every task waits for another'));
        if (this.steps >= MOST_STEPS) return reject(new Error(`No rest after ${MOST_STEPS} steps`));
        this.#time = Math.max(this.#time, timer.time);
        if (timer.run) {
          this.steps += 1;
          timer.run();
        }
        // Node runs all microtasks before the next tick: by then, all started work is waiting again.
        if (this.steps % 10_000 === 0) setImmediate(step);
        else queueMicrotask(() => process.nextTick(step));
      };
      setImmediate(step);
    });
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!precedes(timer, heap[parent] as Timer)) break;
      heap[at] = heap[parent] as Timer;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const right = child + 1;
      const least =
        right < heap.length && precedes(heap[right] as Timer, heap[child] as Timer) ? right : child;
      if (!precedes(heap[least] as Timer, last)) break;
      heap[at] = heap[least] as Timer;
      at = least;
    }
    heap[at] = last;
    return first;
  }
}

const precedes = (a: Timer, b: Timer): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);
