import type { SendOptions, SendOutcome } from '../../../application/ports/client-notifier.js';
import type { Clock } from '../../../application/ports/clock.js';
import { PushAttempts } from '../push-attempts.js';
import { PushError } from '../push-error.js';
import type { ApiClock } from './api-clock.js';
import type { FrameBody } from './frame-bodies.js';
import { headerOf, type PostAnswer } from './post-answer.js';
import type { Answered, PostClient } from './post-client.js';
import type { Throttle } from './turns/throttle.js';
import type { Waiting } from './turns/turns.js';

/** Longest wait for one answer. */
const REQUEST_MS = 2_000;

/** The parts that all pushes of a process share. */
export interface PushContext {
  client: PostClient;
  throttle: Throttle;
  clock: Clock;
  apiClock: ApiClock;
  onFailure(failure: { connectionId: string; error: unknown }): void;
}

/**
 * One push: posts in its turns until it has an outcome. Turns and answers call it: so it costs one promise, and a turn
 * that an answer frees begins before that answer has been handled: see `Sockets`.
 */
export class PushTask implements Waiting, Answered {
  readonly #once: boolean;
  #attempts: PushAttempts | undefined;
  #begunAt = 0;
  /** The rest of its patience, in milliseconds. */
  #leftMs: number;
  #accepted: number;
  #refused: number;

  constructor(
    private readonly posting: PushContext,
    private readonly connectionId: string,
    private readonly body: FrameBody,
    readonly deadline: number,
    { patienceMs = Number.POSITIVE_INFINITY, once = false }: SendOptions,
    private readonly settle: (outcome: SendOutcome) => void,
  ) {
    this.#leftMs = patienceMs;
    this.#once = once;
    this.#accepted = posting.throttle.accepted;
    this.#refused = posting.throttle.refused;
  }

  start(): void {
    this.posting.throttle.take(this, this.#attempts !== undefined);
  }

  turn(granted: boolean): void {
    if (!granted) {
      this.#fail(tooLate());
      return;
    }
    const { clock, client, throttle } = this.posting;
    this.#begunAt = clock.now();
    const timeoutMs = Math.min(REQUEST_MS, this.#leftMs, this.deadline - this.#begunAt);
    if (timeoutMs > 0) client.post(this.connectionId, this.body, timeoutMs, this);
    else {
      throttle.giveBack();
      this.#fail(tooLate());
    }
  }

  answered(answer: PostAnswer): void {
    const { clock, throttle } = this.posting;
    const now = clock.now();
    throttle.answered(this.connectionId, answer, this.#begunAt, now);
    if ('status' in answer && answer.status === 200) this.settle('delivered');
    else this.#judge(answer, now);
  }

  #judge(answer: PostAnswer, now: number): void {
    const { clock, throttle, apiClock } = this.posting;
    this.#attempts ??= new PushAttempts();
    const own = 'status' in answer && answer.status === 429 ? 1 : 0;
    const others = {
      accepted: throttle.accepted - this.#accepted,
      refused: throttle.refused - this.#refused - own,
      throttled: throttle.limited,
    };
    this.#accepted = throttle.accepted;
    this.#refused = throttle.refused;
    const next = this.#attempts.after(answer, others);
    if ('outcome' in next) {
      if (next.outcome === 'gone' && 'status' in answer) apiClock.hear(headerOf(answer, 'date'));
      if (next.outcome === 'failed') this.#fail(new PushError(answer));
      else this.settle(next.outcome);
      return;
    }
    // A pause that the account's quota causes does not use up this connection's patience.
    if (own === 0 || (others.refused === 0 && !others.throttled))
      this.#leftMs -= now - this.#begunAt + next.pauseMs;
    if (this.#once || this.#leftMs <= 0 || now + next.pauseMs >= this.deadline)
      this.#fail(new PushError(answer));
    else void clock.sleep(next.pauseMs).then(() => this.start());
  }

  #fail(error: Error): void {
    this.posting.onFailure({ connectionId: this.connectionId, error });
    this.settle('failed');
  }
}

const tooLate = (): Error =>
  Object.assign(new Error('Its deadline came before its turn'), { name: 'TimeoutError' });
