import type { PostAnswer } from './posts/post-answer.js';

/** What to do after an answer: stop, or try again after a pause. */
export type NextAttempt = { outcome: 'delivered' | 'gone' | 'failed' } | { pauseMs: number };

/** Outcomes of posts for other connections in the meantime: they show whether the account is throttled. */
export interface OtherPosts {
  accepted: number;
  refused: number;
  /** Posts are held back because of the account's quota. */
  throttled?: boolean;
}

const TRIES = 3;
const FAULT_PAUSE_MS = 50;
const SLOW_READER_PAUSE_MS = 250;
const THROTTLED_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/** How seldom bad luck, while the account is throttled, may make a connection count as a slow reader. */
const BAD_LUCK = 1e-5;

/** Only a few posts may end between two tries: while the account is throttled, their success says little. */
const LEAST_SHARE = 0.2;

const DELIVERED: NextAttempt = { outcome: 'delivered' };
const GONE: NextAttempt = { outcome: 'gone' };
const FAILED: NextAttempt = { outcome: 'failed' };

/**
 * The tries of one push: the only layer of retries.
 *
 * 429 has two reasons. If others are refused too, the account is throttled, and all are tried until their deadline. If a
 * connection is refused three times while the others are not, its client reads too slowly, and the push is given up.
 */
export class PushAttempts {
  #faults = 0;
  #refusals = 0;
  /** The probability of this many refusals for a client that reads. */
  #luck = 1;

  constructor(private readonly random: () => number = Math.random) {}

  /** `others`: since the last try. */
  after(answer: PostAnswer, others: OtherPosts): NextAttempt {
    if (!('status' in answer)) return this.#fault();
    const { status } = answer;
    if (status >= 200 && status < 300) return DELIVERED;
    // 400 is for an id that API Gateway never issued; a bare 410 has no name, so only the status counts.
    if (status === 410 || status === 400) return GONE;
    if (status === 429) return this.#refused(others);
    return status >= 500 ? this.#fault() : FAILED;
  }

  #refused({ accepted, refused, throttled }: OtherPosts): NextAttempt {
    this.#refusals += 1;
    const seen = refused === 0 ? 0 : refused / (refused + accepted);
    const share = throttled ? Math.max(seen, LEAST_SHARE) : seen;
    this.#luck *= share;
    if (this.#refusals >= TRIES && this.#luck < BAD_LUCK) return FAILED;
    return this.#pause(share === 0 ? SLOW_READER_PAUSE_MS : THROTTLED_PAUSE_MS, this.#refusals);
  }

  #fault(): NextAttempt {
    this.#faults += 1;
    return this.#faults >= TRIES ? FAILED : this.#pause(FAULT_PAUSE_MS, this.#faults);
  }

  #pause(firstMs: number, tries: number): NextAttempt {
    return { pauseMs: this.random() * Math.min(LONGEST_PAUSE_MS, firstMs * 2 ** (tries - 1)) };
  }
}
