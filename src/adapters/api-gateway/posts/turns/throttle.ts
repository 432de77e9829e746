import type { Clock } from '../../../../application/ports/clock.js';
import type { PostAnswer } from '../post-answer.js';
import { Pace } from './pace.js';
import { Turns, type Waiting } from './turns.js';
import { Window } from './window.js';

/** Controls how many posts of a process are under way and how fast they begin, by their answers. */
export class Throttle {
  /** Answers so far, without 429 and with. */
  accepted = 0;
  refused = 0;
  readonly #window: Window;
  readonly #pace: Pace;
  readonly #turns: Turns;

  constructor(
    clock: Clock,
    { maxSockets, perSecond }: { maxSockets: number; perSecond?: number | undefined },
  ) {
    this.#pace = new Pace(perSecond);
    this.#window = new Window(maxSockets);
    this.#turns = new Turns(this.#window, this.#pace, () => clock.now());
  }

  /** 429s have slowed posts down. */
  get limited(): boolean {
    return this.#pace.limited;
  }

  take(waiting: Waiting, again: boolean): void {
    this.#turns.take(waiting, again);
  }

  /** Gives back a turn without a post. */
  giveBack(): void {
    this.#turns.giveBack();
  }

  /** Learns from the answer, and gives the turn back. */
  answered(connectionId: string, answer: PostAnswer, begunAt: number, now: number): void {
    if ('status' in answer) {
      const refused = answer.status === 429;
      if (refused) this.refused += 1;
      else {
        this.accepted += 1;
        this.#window.answered(answer.tookMs, this.#turns.wanted);
      }
      this.#pace.answered(connectionId, refused, begunAt, now);
    } else this.#window.failed(begunAt, now);
    this.#turns.giveBack();
  }
}
