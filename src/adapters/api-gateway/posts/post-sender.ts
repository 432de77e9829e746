import type { SendOutcome } from '../../../application/ports/client-notifier.js';
import type { Clock } from '../../../application/ports/clock.js';
import { PushAttempts } from '../push-attempts.js';
import { PushError } from '../push-error.js';
import { FrameBodies } from './frame-bodies.js';
import { Pace } from './pace.js';
import type { PostAnswer } from './post-answer.js';
import type { PostClient } from './post-client.js';
import { Turns } from './turns.js';
import { Window } from './window.js';

export interface Sent {
  outcome: SendOutcome;
  /** Why it has failed. */
  error?: unknown;
  /** The `Date` of the answer, where the connection is gone. */
  date?: string;
}

/** Longest wait for one answer. */
const REQUEST_MS = 2_000;

const DELIVERED: Sent = { outcome: 'delivered' };

/** Posts as fast as API Gateway takes them, and again where that may help. One for a process. */
export class PostSender {
  readonly #bodies = new FrameBodies();
  readonly #window: Window;
  readonly #pace = new Pace();
  readonly #turns: Turns;
  readonly #tally = { accepted: 0, refused: 0 };

  constructor(
    private readonly client: PostClient,
    private readonly clock: Clock,
    maxSockets: number,
  ) {
    this.#window = new Window(maxSockets);
    this.#turns = new Turns(this.#window, this.#pace, () => clock.now());
  }

  /** Until `deadline`; its own requests and pauses take no longer than `patienceMs`, however long its turn takes to come. */
  async send(
    connectionId: string,
    frame: string,
    deadline: number,
    patienceMs = Number.POSITIVE_INFINITY,
  ): Promise<Sent> {
    const body = this.#bodies.of(frame);
    let attempts: PushAttempts | undefined;
    let left = patienceMs;
    let { accepted, refused } = this.#tally;
    for (;;) {
      const turn = this.#turns.take(deadline, attempts !== undefined);
      if (turn !== true && !(await turn)) return tooLate();
      const begunAt = this.clock.now();
      const timeoutMs = Math.min(REQUEST_MS, left, deadline - begunAt);
      if (timeoutMs <= 0) {
        this.#turns.giveBack();
        return tooLate();
      }
      const answer = await this.client.post(connectionId, body, timeoutMs);
      const now = this.clock.now();
      this.#learn(connectionId, answer, begunAt, now);
      if ('status' in answer && answer.status === 200) return DELIVERED;

      attempts ??= new PushAttempts();
      const own = 'status' in answer && answer.status === 429 ? 1 : 0;
      const tally = this.#tally;
      const others = {
        accepted: tally.accepted - accepted,
        refused: tally.refused - refused - own,
        throttled: this.#pace.limited,
      };
      ({ accepted, refused } = tally);
      const next = attempts.after(answer, others);
      if ('outcome' in next) {
        if (next.outcome === 'gone') return { outcome: 'gone', ...dateOf(answer) };
        if (next.outcome === 'delivered') return DELIVERED;
        return { outcome: 'failed', error: new PushError(answer) };
      }
      // That others are refused, too, is not for this one to pay.
      if (own === 0 || (others.refused === 0 && !others.throttled)) left -= now - begunAt + next.pauseMs;
      if (left <= 0 || now + next.pauseMs >= deadline)
        return { outcome: 'failed', error: new PushError(answer) };
      await this.clock.sleep(next.pauseMs);
    }
  }

  async destroy(): Promise<void> {
    await this.client.destroy();
  }

  #learn(connectionId: string, answer: PostAnswer, begunAt: number, now: number): void {
    const refused = 'status' in answer && answer.status === 429;
    if (refused) this.#tally.refused += 1;
    else if ('status' in answer) {
      this.#tally.accepted += 1;
      this.#window.answered(answer.tookMs, this.#turns.wanted);
    }
    if ('status' in answer) this.#pace.answered(connectionId, refused, begunAt, now);
    else this.#window.failed(begunAt, now);
    this.#turns.giveBack();
  }
}

const tooLate = (): Sent => ({
  outcome: 'failed',
  error: Object.assign(new Error('Its deadline came before its turn'), { name: 'TimeoutError' }),
});

const dateOf = (answer: PostAnswer): { date?: string } =>
  'status' in answer && typeof answer.headers.date === 'string' ? { date: answer.headers.date } : {};
