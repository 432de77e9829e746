import type { Amounts } from '../../src/entry/local/bill/amounts.js';
import type { Events } from './events.js';
import type { Traffic } from './traffic.js';

export type Step = Omit<Amounts, 'connectionMinutes'>;
export type Shape = Pick<
  Traffic,
  'rooms' | 'members' | 'missed' | 'dataBytes' | 'functionMs' | 'inlineLimit'
> & {
  /** Members of one piece. */
  pieceMembers?: number;
};

const FUNCTION_GB = 0.5;
/** `pushMemory`, of fan-out and pieces. */
const PUSH_GB = 1_769 / 1_024;

const PIECE_MEMBERS = 5_000;
/** `batchSize` of the queue: one invocation serves so many pieces, and reads their publications once. */
const PIECES_A_BATCH = 2;

/** A keep-alive waits for nothing: assumed for a warm function. */
const KEEP_ALIVE_MS = 2;

/** Sizes of stored rows, with short names; a publication's without its data. */
const MEMBER_BYTES = 125;
const PUBLICATION_BYTES = 150;
/** Rooms of more users get no presence notices, and have no states. */
const NOTICED_MEMBERS = 100;

const NOTHING: Step = {
  messages: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  readUnits: 0,
  writeUnits: 0,
  logBytes: 0,
};

const run = (invocations: number, ms: number, gigabytes = FUNCTION_GB) => ({
  invocations,
  gigabyteSeconds: (invocations * ms * gigabytes) / 1_000,
});

/** Strongly consistent reads of rows that are read together. */
const unitsOf = (rows: number, bytes: number): number => Math.max(1, Math.ceil((rows * bytes) / 4_096));

const membersUnits = ({ members }: Shape): number => unitsOf(members, MEMBER_BYTES);

const session = (shape: Shape): Step => {
  const { rooms, missed, dataBytes, functionMs } = shape;
  const history = missed > 0 ? unitsOf(missed, dataBytes + PUBLICATION_BYTES) : 0;
  return {
    // `hello` and its ack.
    messages: 2,
    // The authorizer, `$connect`, `hello`, `$disconnect`.
    ...run(4, functionMs),
    // The user's connections; the session and two heads; of each room its head, its members twice, and what was missed.
    readUnits: 1 + 3 + rooms * (1 + 2 * membersUnits(shape) + history),
    // Handshake; limits of `hello`; the end. Of each room two to enter, one to leave.
    writeUnits: 4 + 2 + 3 + rooms * (2 + 1),
    logBytes: 830 + 411 + 417,
  };
};

/** Two notices in each room, and the limit of both. */
const absence = ({ rooms, members }: Shape): Step => {
  const notices = members <= NOTICED_MEMBERS && members > 1 ? 2 * rooms : 0;
  return { ...NOTHING, messages: notices * (members - 1), writeUnits: notices };
};

/** The row and its way to the members, of clients and back ends alike. Assumes that fan-out serves one publication each time. */
const published = (shape: Shape): Step => {
  const { members, dataBytes, inlineLimit, functionMs, pieceMembers = PIECE_MEMBERS } = shape;
  const streamed = members > inlineLimit ? 1 : 0;
  const pieces = streamed && members > pieceMembers ? Math.ceil(members / pieceMembers) : 0;
  const batches = Math.ceil(pieces / PIECES_A_BATCH);
  return {
    messages: members,
    ...run(streamed + batches, functionMs, PUSH_GB),
    // The head; the members are counted, at most once in 5 s, and read, each piece its own.
    // Fan-out reads the room's bounds, and counts the room if there are none; each batch of pieces reads the log.
    readUnits:
      1 +
      membersUnits(shape) +
      streamed +
      (pieces > 0
        ? batches + pieces * unitsOf(members / pieces, MEMBER_BYTES)
        : (1 + streamed) * membersUnits(shape)),
    // The limit of the room, and the row itself.
    writeUnits: 1 + Math.ceil((dataBytes + PUBLICATION_BYTES) / 1_024),
    logBytes: (streamed + pieces) * 412,
  };
};

/** A frame, its ack, its session, and the limits of its connection and its user. */
const frame = ({ functionMs }: Shape): Step => ({
  messages: 2,
  ...run(1, functionMs),
  readUnits: 1,
  writeUnits: 2,
  logBytes: 410,
});

const publication = (shape: Shape): Step =>
  // And the membership; the log names the outcomes of the pushes.
  sum([frame(shape), published(shape), { ...NOTHING, readUnits: 1, logBytes: 61 }]);

const backEndPublication = (shape: Shape): Step =>
  sum([published(shape), { ...NOTHING, ...run(1, shape.functionMs), logBytes: 471 }]);

const signal = (shape: Shape): Step =>
  // No ack; the members are read, and the room's limit is written.
  sum([
    frame(shape),
    { ...NOTHING, messages: shape.members - 2, readUnits: membersUnits(shape), writeUnits: 1, logBytes: 61 },
  ]);

const state = (shape: Shape): Step =>
  // The roster before and after; the state, its stamp, and the limit of notices.
  sum([
    frame(shape),
    {
      ...NOTHING,
      messages: shape.members - 1,
      readUnits: 2 * membersUnits(shape),
      writeUnits: 3,
    },
  ]);

const ping = (shape: Shape): Step =>
  // The heads of `*` and the inbox; of each room the membership and the head.
  sum([frame(shape), { ...NOTHING, readUnits: 2 + 2 * shape.rooms }]);

/** In, and nothing back; what Lambda itself logs. */
const keepAlive = ({ functionMs }: Shape): Step => ({
  ...NOTHING,
  messages: 1,
  ...run(1, Math.min(KEEP_ALIVE_MS, functionMs)),
  logBytes: 275,
});

const sum = (steps: readonly Step[]): Step => {
  const total = { ...NOTHING };
  for (const step of steps)
    for (const kind of Object.keys(NOTHING) as (keyof Step)[]) total[kind] += step[kind];
  return total;
};

/** The amounts of one event of each kind. */
export const STEPS: Record<Exclude<keyof Events, 'connectionMinutes'>, (shape: Shape) => Step> = {
  sessions: session,
  absences: absence,
  publications: publication,
  backEndPublications: backEndPublication,
  signals: signal,
  states: state,
  pings: ping,
  keepAlives: keepAlive,
};
