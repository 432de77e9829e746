import { DATA_BYTES } from '../../protocol/limits.js';
import type { Amounts } from '../../src/entry/local/bill/amounts.js';
import { MONTH_MINUTES, type Traffic } from './traffic.js';

/** How often each event happens; `predict` knows the cost of one. */
export interface Events {
  connectionMinutes: number;
  /** Handshake, `hello` with the rooms, and the end. */
  sessions: number;
  publications: number;
  pings: number;
  /** At most one of a connection in ten seconds: so they are neither counted nor logged. */
  keepAlives: number;
}

type Step = Omit<Amounts, 'connectionMinutes' | 'gigabyteSeconds'>;
type Shape = Pick<Traffic, 'rooms' | 'members' | 'dataBytes' | 'functionMs' | 'inlineLimit'>;

const FUNCTION_GB = 0.5;

/** `pushMemory`, of fan-out and pieces. */
const PUSH_GB = 1_769 / 1_024;

/** Of one piece. */
const PIECE_MEMBERS = 5_000;
/** A keep-alive waits for nothing: assumed for a warm function. */
const KEEP_ALIVE_MS = 2;
/** Sizes of stored rows, with short names; a publication's without its data. */
const MEMBER_BYTES = 125;
const PUBLICATION_BYTES = 150;
/** Rooms of more users get no presence notices. */
const NOTICED_MEMBERS = 100;

export const monthOf = (traffic: Traffic): Events => {
  const { connections, sessions, publications, pingMinutes, keepAliveMinutes } = traffic;
  const connectionMinutes = connections * MONTH_MINUTES;
  // For a connection that is never opened anew, the month is one session.
  const opened = connections * (sessions || 1);
  const minutes = MONTH_MINUTES / (sessions || 1);
  const pings = between(minutes, pingMinutes);
  const last = minutes - pings * pingMinutes;
  const keepAlives = pings * between(pingMinutes, keepAliveMinutes) + between(last, keepAliveMinutes);
  return {
    connectionMinutes,
    sessions: connections * sessions,
    publications,
    pings: opened * pings,
    keepAlives: opened * keepAlives,
  };
};

/** How often an event with this interval happens before another event ends the time. */
const between = (minutes: number, interval: number): number =>
  interval > 0 ? Math.max(0, Math.ceil(minutes / interval) - 1) : 0;

/**
 * AWS's bill for this traffic, with today's code. Every message fits into one unit of 32 KB, as `data` has at most 16 KB.
 * It leaves out rare events: a user's first day, repetitions, failed pushes, histories of missed publications.
 */
export const predict = (events: Events, shape: Shape): Amounts => {
  if (shape.dataBytes > DATA_BYTES)
    throw new Error(`data may have ${DATA_BYTES} bytes. Set --data-bytes to less.`);
  const parts: [number, Step][] = [
    [events.sessions, session(shape)],
    [events.publications, publication(shape)],
    [events.pings, ping(shape)],
    [events.keepAlives, KEEP_ALIVE],
  ];
  const sum = (kind: keyof Step) => parts.reduce((total, [times, step]) => total + times * step[kind], 0);
  const invocations = sum('invocations');
  const quickMs = Math.min(KEEP_ALIVE_MS, shape.functionMs);
  const pushing = events.publications * pushInvocations(shape);
  const functionMs =
    (invocations - pushing - events.keepAlives) * shape.functionMs + events.keepAlives * quickMs;
  return {
    messages: sum('messages'),
    connectionMinutes: events.connectionMinutes,
    invocations,
    gigabyteSeconds: (functionMs * FUNCTION_GB + pushing * shape.functionMs * PUSH_GB) / 1_000,
    readUnits: sum('readUnits'),
    writeUnits: sum('writeUnits'),
    logBytes: sum('logBytes'),
  };
};

/** Strongly consistent reads of a whole room. */
const membersUnits = ({ members }: Shape): number => Math.max(1, Math.ceil((members * MEMBER_BYTES) / 4_096));

const session = (shape: Shape): Step => {
  const { rooms, members } = shape;
  const notices = members <= NOTICED_MEMBERS ? 1 : 0;
  const roster = membersUnits(shape);
  return {
    // `hello` and its ack; each room is told of the end and of the return.
    messages: 2 + rooms * notices * 2 * (members - 1),
    // The authorizer, `$connect`, `hello`, `$disconnect`.
    invocations: 4,
    // The user's connections; the session and two heads; of each room its head, and its members twice.
    readUnits: 1 + 3 + rooms * (1 + 2 * roster),
    // Handshake; limits of `hello`; the end. Of each room two to enter, one to leave, and the limit of both notices.
    writeUnits: 4 + 2 + 3 + rooms * (2 + 1 + 2 * notices),
    logBytes: 830 + 411 + 417,
  };
};

/** Assumes that fan-out and pieces serve one publication each time, although a batch may have a hundred. */
const pushInvocations = ({ members, inlineLimit }: Shape): number =>
  members > inlineLimit ? 1 + piecesOf(members) : 0;

const piecesOf = (members: number): number =>
  members > PIECE_MEMBERS ? Math.ceil(members / PIECE_MEMBERS) : 0;

const publication = (shape: Shape): Step => {
  const { members, dataBytes, inlineLimit } = shape;
  const streamed = members > inlineLimit ? 1 : 0;
  const pieces = streamed * piecesOf(members);
  return {
    messages: 2 + members,
    invocations: 1 + pushInvocations(shape),
    // The session, the membership, the head; the members are counted, at most once in 5 s, and read.
    // Fan-out reads the room's bounds, and counts the room if there are none; each piece reads the log.
    readUnits:
      3 + 2 * membersUnits(shape) + streamed + (pieces > 0 ? pieces : streamed * membersUnits(shape)),
    // The limits of the connection, its user and the room, and the row itself.
    writeUnits: 3 + Math.ceil((dataBytes + PUBLICATION_BYTES) / 1_024),
    logBytes: 471 + (streamed + pieces) * 412,
  };
};

const ping = ({ rooms }: Shape): Step => ({
  messages: 2,
  invocations: 1,
  // The session; the heads of `*` and the inbox; of each room the membership and the head.
  readUnits: 1 + 2 + 2 * rooms,
  writeUnits: 2,
  logBytes: 410,
});

/** In, and nothing back; what Lambda itself logs. */
const KEEP_ALIVE: Step = {
  messages: 1,
  invocations: 1,
  readUnits: 0,
  writeUnits: 0,
  logBytes: 275,
};
