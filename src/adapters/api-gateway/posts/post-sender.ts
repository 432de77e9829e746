import type { Effort, SendOutcome } from '../../../application/ports/client-notifier.js';
import type { Clock } from '../../../application/ports/clock.js';
import { PushAttempts } from '../push-attempts.js';
import { PushError } from '../push-error.js';
import type { ApiClock } from './api-clock.js';
import { FrameBodies } from './frame-bodies.js';
import { Pace } from './pace.js';
import type { PostAnswer } from './post-answer.js';
import type { PostClient } from './post-client.js';
import { Turns } from './turns.js';
import { Window } from './window.js';

export interface PushFailure {
  connectionId: string;
  error: unknown;
}

/** Longest wait for one answer. */
const REQUEST_MS = 2_000;

/** Posts as fast as API Gateway accepts them, and tries again if that may help. One for each process. */
export class PostSender {
  readonly #bodies = new FrameBodies();
  readonly #window: Window;
  readonly #pace: Pace;
  readonly #turns: Turns;
  readonly #tally = { accepted: 0, refused: 0 };

  constructor(
    private readonly client: PostClient,
    private readonly clock: Clock,
    private readonly apiClock: ApiClock,
    { maxSockets, perSecond }: { maxSockets: number; perSecond?: number | undefined },
    private readonly onFailure: (failure: PushFailure) => void = () => {},
  ) {
    this.#pace = new Pace(perSecond);
    this.#window = new Window(maxSockets);
    this.#turns = new Turns(this.#window, this.#pace, () => clock.now());
  }

  /** Until `deadline`. Its own requests and pauses take at most `patienceMs`; waiting for its turn does not count. */
  async send(
    connectionId: string,
    frame: string,
    deadline: number,
    { patienceMs = Number.POSITIVE_INFINITY, once = false }: Effort = {},
  ): Promise<SendOutcome> {
    const body = this.#bodies.of(frame);
    let attempts: PushAttempts | undefined;
    let left = patienceMs;
    let { accepted, refused } = this.#tally;
    for (;;) {
      const turn = this.#turns.take(deadline, attempts !== undefined);
      if (turn !== true && !(await turn)) return this.#failed(connectionId, tooLate());
      const begunAt = this.clock.now();
      const timeoutMs = Math.min(REQUEST_MS, left, deadline - begunAt);
      if (timeoutMs <= 0) {
        this.#turns.giveBack();
        return this.#failed(connectionId, tooLate());
      }
      const answer = await this.client.post(connectionId, body, timeoutMs);
      const now = this.clock.now();
      this.#learn(connectionId, answer, begunAt, now);
      if ('status' in answer && answer.status === 200) return 'delivered';

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
        if (next.outcome === 'gone' && 'status' in answer) this.apiClock.hear(answer.headers.date);
        if (next.outcome !== 'failed') return next.outcome;
        return this.#failed(connectionId, new PushError(answer));
      }
      // A pause that the account's quota causes does not use up this connection's patience.
      if (own === 0 || (others.refused === 0 && !others.throttled)) left -= now - begunAt + next.pauseMs;
      if (once || left <= 0 || now + next.pauseMs >= deadline)
        return this.#failed(connectionId, new PushError(answer));
      await this.clock.sleep(next.pauseMs);
    }
  }

  async destroy(): Promise<void> {
    await this.client.destroy();
  }

  #failed(connectionId: string, error: Error): 'failed' {
    this.onFailure({ connectionId, error });
    return 'failed';
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

const tooLate = (): Error =>
  Object.assign(new Error('Its deadline came before its turn'), { name: 'TimeoutError' });
