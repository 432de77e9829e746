/** How much is measured. */
export interface Scale {
  rounds: number;
  /** Of a broadcast. */
  members: number;
  /** Of the room whose memory is compared with that of one a hundred times smaller. */
  most: number;
  /** Of one kind, in each round. */
  frames: number;
  /** How long cursors move. */
  seconds: number;
  /** After so long, a sender has forgotten what it found out about the quota. */
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

/** Shows that the bench works, and measures nothing. So many members are pushed to by `fan-out`, so many at the most in pieces. */
export const QUICK: Scale = { rounds: 1, members: 150, most: 6_000, frames: 2, seconds: 1, forgottenMs: 0 };
