import { drawFaults, type FaultRates } from './fault-rates.js';
import type { SeededRandom } from './seeded-random.js';

/** Settings that differ from run to run, besides the random numbers. */
export interface RunSettings {
  clients: number;
  users: number;
  rooms: readonly string[];
  /** Virtual duration of the storm, in which faults occur. */
  stormMs: number;
  /** The longest pause between one client's actions. */
  pauseMs: number;
  inlineLimit: number;
  pushesAtOnce: number;
  openingMs: number;
  /** The least number of instances, and how many invocations each runs at once. */
  instances: number;
  concurrency: number;
  skewMs: number;
  rateLimit: boolean;
  pageBytes: number;
  batchSize: number;
  /** How far time jumps; each jump is between two storms. */
  jumpsMs: readonly number[];
  /** The action whose invocation often dies after one of its writes. */
  deadly: string;
  /** The clock error of some instances. */
  wrongClock: WrongClock | undefined;
  /** Whether operators kick users, and connections come with newer tokens. */
  operated: boolean;
  /** Whether operators take users out of rooms. */
  removes: boolean;
  /** Whether members set states and send signals. */
  sociable: boolean;
  faults: FaultRates;
  /** The members of one piece; a larger room is cut into pieces. */
  pieceMembers: number;
  piecesAtOnce: number;
}

/** A clock that is ahead for some time; `fromMs` and `untilMs` count from the start of the run. */
export interface WrongClock {
  aheadMs: number;
  fromMs: number;
  untilMs: number;
}

const HOUR_MS = 3_600_000;

const ACTIONS = [
  '$connect',
  '$disconnect',
  'hello',
  'join',
  'leave',
  'leave',
  'publish',
  'send',
  'broadcast',
];

export const drawSettings = (random: SeededRandom): RunSettings => ({
  clients: 50,
  users: 30,
  rooms: ['lobby', 'team:42', 'den'].slice(0, random.whole(1, 3)),
  stormMs: random.pick([4_000, 8_000]),
  pauseMs: random.pick([1_000, 3_000]),
  inlineLimit: random.pick([0, 4, 12, 100]),
  pushesAtOnce: random.pick([3, 16]),
  openingMs: 10_000,
  instances: random.whole(3, 6),
  concurrency: random.pick([1, 1, 4]),
  skewMs: random.pick([0, 50, 50, 1_000]),
  rateLimit: random.chance(0.25),
  pageBytes: random.pick([300, 600, 2_000]),
  batchSize: random.pick([1, 5, 20]),
  jumpsMs: random.chance(0.35) ? drawJumps(random) : [],
  wrongClock: random.chance(0.3) ? drawWrongClock(random) : undefined,
  deadly: random.pick(ACTIONS),
  faults: drawFaults(random),
  operated: random.chance(0.4),
  pieceMembers: random.pick([4, 10, 5_000]),
  piecesAtOnce: random.whole(2, 4),
  removes: random.fork('removes').chance(0.3),
  sociable: random.fork('sociable').chance(0.4),
});

/** For ten minutes, longer than a run, or for some seconds. */
const drawWrongClock = (random: SeededRandom): WrongClock => {
  const fromMs = random.whole(0, 4_000);
  const lastsMs = random.pick([600_000, 600_000, 3_000]);
  return { aheadMs: 8 * 24 * HOUR_MS, fromMs, untilMs: fromMs + lastsMs };
};

/** Two jumps: a room that was empty before the first gets a publication that has not expired after the second. */
const drawJumps = (random: SeededRandom): number[] =>
  random.chance(0.3)
    ? [random.whole(150, 166) * HOUR_MS, random.whole(20, 60) * HOUR_MS]
    : [drawJump(random)];

/** Close to the times when rows expire: after 169 hours, a row is too old to append to. */
const drawJump = (random: SeededRandom): number =>
  random.pick([167, 168.5, 169, 169, 169, 169.8, 171, 400]) * HOUR_MS - random.whole(0, 3_000);
