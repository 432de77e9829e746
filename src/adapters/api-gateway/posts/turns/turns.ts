import type { Pace } from './pace.js';
import type { Window } from './window.js';

/** How often posts that wait for their turn are checked for their deadline, in milliseconds. */
const LOOK_MS = 50;

/** A post that wants a turn. */
export interface Waiting {
  readonly deadline: number;
  /** Called once for each wait: true if the turn is granted, false if `deadline` came first. */
  turn(granted: boolean): void;
}

/**
 * Admits posts: a limited number at once, at a limited pace. Refused posts and posts that have not been tried take turns:
 * otherwise a few clients that read slowly would hold up all others for as long as they are refused.
 */
export class Turns {
  #underWay = 0;
  #serving = false;
  #lastWasRefused = false;
  readonly #again: Waiting[] = [];
  readonly #first: Waiting[] = [];
  #pacing: NodeJS.Timeout | undefined;
  #expiring: NodeJS.Timeout | undefined;

  constructor(
    private readonly window: Window,
    private readonly pace: Pace,
    private readonly now: () => number,
  ) {}

  /** The turn comes now or later; the caller has to give back each granted turn. */
  take(waiting: Waiting, again = false): void {
    if (!this.wanted && this.#begin()) {
      waiting.turn(true);
      return;
    }
    (again ? this.#again : this.#first).push(waiting);
    this.#comeBack();
  }

  get wanted(): boolean {
    return this.#again.length + this.#first.length > 0;
  }

  giveBack(): void {
    this.#underWay -= 1;
    // If a turn is given back at once while others are served, they get one more.
    if (this.wanted && !this.#serving) this.#serve();
  }

  #begin(): boolean {
    const now = this.now();
    if (this.#underWay >= this.window.size || this.pace.wait(now) > 0) return false;
    this.pace.begin(now);
    this.#underWay += 1;
    return true;
  }

  #serve(): void {
    this.#serving = true;
    while (this.wanted && this.#begin()) this.#next()?.turn(true);
    this.#serving = false;
    if (this.wanted) this.#comeBack();
  }

  #next(): Waiting | undefined {
    const mayBeRefused = this.#first.length === 0 || !this.#lastWasRefused;
    this.#lastWasRefused = mayBeRefused && this.#again.length > 0;
    return (this.#lastWasRefused ? this.#again : this.#first).shift();
  }

  /** A turn that is given back goes to the next post. Only the pace can make it wait for time to pass. */
  #comeBack(): void {
    if (this.#underWay < this.window.size)
      this.#pacing ??= setTimeout(() => {
        this.#pacing = undefined;
        this.#serve();
      }, this.pace.wait(this.now()));
    this.#expiring ??= setTimeout(() => {
      this.#expiring = undefined;
      this.#expire(this.#again);
      this.#expire(this.#first);
      if (this.wanted) this.#comeBack();
    }, LOOK_MS);
  }

  #expire(queue: Waiting[]): void {
    const now = this.now();
    for (const it of queue.splice(0)) {
      if (it.deadline <= now) it.turn(false);
      else queue.push(it);
    }
  }
}
