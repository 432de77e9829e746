import type { SeededRandom } from './seeded-random.js';

/** How often each fault occurs: the probability for one event, unless stated otherwise. */
export interface FaultRates {
  /** Of an operation: it is refused and changes nothing. */
  throttled: number;
  /** Of a page of members: it is refused, in addition to `refused`, like a hot partition. */
  membersThrottled: number;
  /** Of a write: it is applied, and the answer is lost. */
  answerLost: number;
  /** Of a write: it is applied, the answer is lost, and the SDK applies it again. */
  appliedTwice: number;
  /** Of an operation or a push: it takes up to several seconds. */
  slow: number;
  /** Of a wait: the instance dies during it, with all its work. */
  death: number;
  /** Of a write: it is applied, and the instance dies before it gets the answer. */
  deathAfterWrite: number;
  /**
   * Of an append's operation around a jump: one before the jump ends only after it, one after the jump takes seconds.
   */
  sleep: number;
  /** Of a push: every try gets 429 or 5xx. */
  pushRefused: number;
  /** Of a push: no answer until the deadline. */
  pushHangs: number;
  /** Of a push: it arrives, and is reported as failed. */
  pushAnswerLost: number;
  disconnectLost: number;
  disconnectTwice: number;
  disconnectLate: number;
  /** Of a stream batch: the function fails without an answer. */
  batchFails: number;
  /** Of a stream batch: an old one comes again. */
  batchAgain: number;
}

export const NO_FAULTS: FaultRates = {
  throttled: 0,
  membersThrottled: 0,
  answerLost: 0,
  appliedTwice: 0,
  slow: 0,
  death: 0,
  deathAfterWrite: 0,
  sleep: 0,
  pushRefused: 0,
  pushHangs: 0,
  pushAnswerLost: 0,
  disconnectLost: 0,
  disconnectTwice: 0,
  disconnectLate: 0,
  batchFails: 0,
  batchAgain: 0,
};

const WORST: FaultRates = {
  throttled: 0.02,
  membersThrottled: 0.05,
  answerLost: 0.02,
  appliedTwice: 0.02,
  slow: 0.03,
  death: 0.0015,
  deathAfterWrite: 0.008,
  sleep: 0.3,
  pushRefused: 0.08,
  pushHangs: 0.02,
  pushAnswerLost: 0.08,
  disconnectLost: 0.4,
  disconnectTwice: 0.3,
  disconnectLate: 0.4,
  batchFails: 0.2,
  batchAgain: 0.2,
};

/** Some faults frequent, some rare, some absent: so bugs that others would hide can show. */
export const drawFaults = (random: SeededRandom): FaultRates =>
  Object.fromEntries(
    Object.entries(WORST).map(([name, worst]) => [name, worst * random.pick([0, 0.2, 1, 1])]),
  ) as unknown as FaultRates;
