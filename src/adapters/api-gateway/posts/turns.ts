import type { Pace } from './pace.js';
import type { Window } from './window.js';

/** How often posts that wait for their turn are checked for their deadline, in milliseconds. */
const LOOK_MS = 50;

interface Waiting {
  deadline: number;
  settle(granted: boolean): void;
}

/** Admits posts: a limited number at once, at a limited pace. Refused posts go before posts that have not been tried. */
export class Turns {
  #underWay = 0;
  readonly #again: Waiting[] = [];
  readonly #first: Waiting[] = [];
  #pacing: NodeJS.Timeout | undefined;
  #expiring: NodeJS.Timeout | undefined;

  constructor(
    private readonly window: Window,
    private readonly pace: Pace,
    private readonly now: () => number,
  ) {}

  /** True, now or later, when it may post; false if `deadline` comes first. The caller has to give each true back. */
  take(deadline: number, again = false): boolean | Promise<boolean> {
    if (this.#again.length + this.#first.length === 0 && this.#begin()) return true;
    return new Promise((settle) => {
      (again ? this.#again : this.#first).push({ deadline, settle });
      this.#comeBack();
    });
  }

  get wanted(): boolean {
    return this.#again.length + this.#first.length > 0;
  }

  giveBack(): void {
    this.#underWay -= 1;
    if (this.wanted) this.#serve();
  }

  #begin(): boolean {
    const now = this.now();
    if (this.#underWay >= this.window.size || this.pace.wait(now) > 0) return false;
    this.pace.begin(now);
    this.#underWay += 1;
    return true;
  }

  #serve(): void {
    for (const queue of [this.#again, this.#first]) {
      while (queue.length > 0) {
        if (!this.#begin()) {
          this.#comeBack();
          return;
        }
        queue.shift()?.settle(true);
      }
    }
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
      if (it.deadline <= now) it.settle(false);
      else queue.push(it);
    }
  }
}
