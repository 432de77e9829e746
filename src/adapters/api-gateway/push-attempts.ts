import type { PostAnswer } from './posts/post-answer.js';

/** What to do after an answer: it is over, or another try is due after a pause. */
export type Next = { outcome: 'delivered' | 'gone' | 'failed' } | { pauseMs: number };

/** How posts for other connections ended meanwhile: a sign of whether the account is throttled. */
export interface Others {
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

/** So seldom does a connection count as a slow reader because it had bad luck while the account was throttled. */
const BAD_LUCK = 1e-5;

/** Few posts may end between two tries: that none of them was refused says little while the account is throttled. */
const LEAST_SHARE = 0.2;

const DELIVERED: Next = { outcome: 'delivered' };
const GONE: Next = { outcome: 'gone' };
const FAILED: Next = { outcome: 'failed' };

/**
 * The tries of one push: the only layer of retries there is.
 *
 * 429 has two reasons. Where others are refused as well, the account is throttled, and all are tried until their deadline. A
 * connection that is refused three times while the others are not has a client that reads too slowly, and is given up.
 */
export class PushAttempts {
  #faults = 0;
  #refusals = 0;
  /** How likely this many refusals are for a client that reads. */
  #luck = 1;

  constructor(private readonly random: () => number = Math.random) {}

  /** `others`: since the last try. */
  after(answer: PostAnswer, others: Others): Next {
    if (!('status' in answer)) return this.#fault();
    const { status } = answer;
    if (status >= 200 && status < 300) return DELIVERED;
    // 400 is for an id that API Gateway never gave out; a bare 410 has no name, so only the status counts.
    if (status === 410 || status === 400) return GONE;
    if (status === 429) return this.#refused(others);
    return status >= 500 ? this.#fault() : FAILED;
  }

  #refused({ accepted, refused, throttled }: Others): Next {
    this.#refusals += 1;
    const seen = refused === 0 ? 0 : refused / (refused + accepted);
    const share = throttled ? Math.max(seen, LEAST_SHARE) : seen;
    this.#luck *= share;
    if (this.#refusals >= TRIES && this.#luck < BAD_LUCK) return FAILED;
    return this.#pause(share === 0 ? SLOW_READER_PAUSE_MS : THROTTLED_PAUSE_MS, this.#refusals);
  }

  #fault(): Next {
    this.#faults += 1;
    return this.#faults >= TRIES ? FAILED : this.#pause(FAULT_PAUSE_MS, this.#faults);
  }

  #pause(firstMs: number, tries: number): Next {
    return { pauseMs: this.random() * Math.min(LONGEST_PAUSE_MS, firstMs * 2 ** (tries - 1)) };
  }
}
