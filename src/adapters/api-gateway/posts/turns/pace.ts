/** How long a rate is watched before it changes. */
const INTERVAL_MS = 50;
/** So that a few answers at a low rate do not count as a trend. */
const ANSWERS = 20;
const LONGEST_INTERVAL_MS = 1_000;

const GROWTH = 1.05;
/** More posts a millisecond than any process can send. */
const BEYOND = 50;

/** The share of 429s that slow readers may cause. */
const SLOW_READERS = 0.02;

/** The most that may be made up for after the process was busy with other work. */
const CREDIT_MS = 10;

/**
 * How fast posts may begin, once API Gateway has refused some for their rate. Only 429s show which share of the account's
 * quota is left to this process, so it finds the rate by trial, much as TCP does:
 *
 * - 429s for different connections within an interval: half as fast at first, and then as fast as posts were accepted, which
 *   is the rate that the quota leaves to this process;
 * - an interval without: 5 % faster, until nothing limits the rate.
 *
 * A 429 for only one connection means that its client reads slowly, and changes nothing here.
 */
export class Pace {
  /** Posts a millisecond, and its maximum. */
  #rate: number;
  readonly #most: number;
  #nextAt = 0;
  #since = 0;
  #accepted = 0;
  #answers = 0;
  #refused = 0;
  #refusedFirst: string | undefined;
  #different = false;

  constructor(perSecond = Number.POSITIVE_INFINITY) {
    this.#most = perSecond / 1_000;
    this.#rate = this.#most;
  }

  /** Whether 429s have slowed it down. */
  get limited(): boolean {
    return this.#rate < this.#most;
  }

  /** Time until the next post may begin, in milliseconds like `now`; 0 if it may begin now. */
  wait(now: number): number {
    return this.#rate === Number.POSITIVE_INFINITY ? 0 : Math.max(0, this.#nextAt - now);
  }

  begin(now: number): void {
    if (this.#rate !== Number.POSITIVE_INFINITY)
      this.#nextAt = Math.max(this.#nextAt, now - CREDIT_MS) + 1 / this.#rate;
  }

  /** `begunAt`: a post of an earlier interval says nothing about the present rate. */
  answered(connectionId: string, refused: boolean, begunAt: number, now: number): void {
    if (now - this.#since > LONGEST_INTERVAL_MS) this.#idle(now);
    this.#answers += 1;
    if (!refused) this.#accepted += 1;
    else if (begunAt >= this.#since) {
      this.#refused += 1;
      this.#refusedFirst ??= connectionId;
      this.#different ||= this.#refusedFirst !== connectionId;
    }
    const elapsed = now - this.#since;
    const overrun = this.#different && this.#refused > this.#answers * SLOW_READERS;
    if (overrun && this.#rate === this.#most) {
      this.#change(now, this.#answers / Math.max(1, elapsed) / 2);
    } else if (elapsed >= INTERVAL_MS && this.#answers >= ANSWERS) {
      if (overrun) this.#change(now, this.#accepted / elapsed);
      else this.#change(now, this.#rate * GROWTH);
    }
  }

  #change(now: number, rate: number): void {
    this.#rate = Math.min(this.#most, rate > BEYOND ? this.#most : Math.max(rate, 1 / LONGEST_INTERVAL_MS));
    this.#nextAt = Math.min(this.#nextAt, now + 1 / this.#rate);
    this.#since = now;
    this.#accepted = 0;
    this.#answers = 0;
    this.#refused = 0;
    this.#refusedFirst = undefined;
    this.#different = false;
  }

  /** Counts the time since then as intervals without a 429. */
  #idle(now: number): void {
    this.#change(now, this.#rate * GROWTH ** Math.min(200, (now - this.#since) / INTERVAL_MS));
  }
}
