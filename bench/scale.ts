/** How much is measured. */
export interface Scale {
  rounds: number;
  /** Of a broadcast. */
  members: number;
  /** Members of the large room; the small one has a hundredth. */
  most: number;
  /** Of one kind, in each round. */
  frames: number;
  /** How long cursors move. */
  seconds: number;
  /** After this pause, a sender has forgotten what it learnt about the quota. */
  forgottenMs: number;
}

export const FULL: Scale = {
  rounds: 9,
  members: 10_000,
  most: 100_000,
  frames: 100,
  seconds: 60,
  forgottenMs: 4_000,
};

/** Only shows that the bench works: `fan-out` serves 150 members itself, and pieces serve 6,000. */
export const QUICK: Scale = { rounds: 1, members: 150, most: 6_000, frames: 2, seconds: 1, forgottenMs: 0 };
