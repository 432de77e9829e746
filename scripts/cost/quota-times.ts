import { predict } from './predict.js';
import type { Traffic } from './traffic.js';

/** Quotas of a new account in one region, in a second, as AWS lists them on 2026-11-21; all are adjustable. */
const QUOTAS = {
  requests: 10_000,
  connects: 500,
  /** At the same time. */
  functions: 1_000,
  /** Units of a new table; later it takes twice its highest peak so far. */
  writes: 4_000,
};

const NAMES: Record<keyof typeof QUOTAS, string> = {
  requests: 'requests a second (API Gateway)',
  connects: 'connects a second (API Gateway)',
  functions: 'concurrent executions (Lambda)',
  writes: 'write units a second (warm throughput of the connections table)',
};

/** Rooms of more members are served by pieces, which leave a fifth of the requests to all others. */
const PIECE_MEMBERS = 5_000;
const PIECES_SHARE = 0.8;
/** A piece that is unfinished after this time comes again. A broadcast has one for each part of `*`, so they end together. */
const PIECE_SECONDS = 115;

/** Times that an operator may want. */
const BROADCAST_SECONDS = 10;
const BACK_SECONDS = 300;

type Needs = Partial<Record<keyof typeof QUOTAS, number>>;

/**
 * How long a broadcast and a reconnection of all clients take with the quotas, what else they need, and which quotas to
 * raise.
 */
export const quotaTimes = (traffic: Traffic): string => {
  const { connections } = traffic;
  const share = connections > PIECE_MEMBERS ? PIECES_SHARE : 1;
  const pushes = QUOTAS.requests * share;
  const stormy = reconnecting(traffic, QUOTAS.connects);
  const wanted: Needs = {
    ...reconnecting(traffic, Math.ceil(connections / BACK_SECONDS)),
    requests: Math.max(
      Math.ceil(connections / BROADCAST_SECONDS / share),
      reconnecting(traffic, Math.ceil(connections / BACK_SECONDS)).requests ?? 0,
    ),
  };
  return `Against the quotas of a new account in one region:
  a broadcast to all takes at least ${seconds(connections, pushes)}: ${count(pushes)} pushes a second${tooLong(connections / pushes)}
  reconnecting all takes at least ${seconds(connections, QUOTAS.connects)}: ${QUOTAS.connects} connects a second; meanwhile it needs
${lines(stormy, (kind, need) => `    ${count(need)} of ${count(QUOTAS[kind])} ${NAMES[kind]}${need > QUOTAS[kind] ? ': too many' : ''}`)}
To broadcast to all in ${BROADCAST_SECONDS} s, and to reconnect all in ${BACK_SECONDS / 60} minutes, ask AWS for
${
  lines(wanted, (kind, need) => (need > QUOTAS[kind] ? `  ${count(need)} ${NAMES[kind]}` : '')) ||
  '  nothing: the quotas suffice'
}
`;
};

const tooLong = (pushingSeconds: number): string =>
  pushingSeconds > PIECE_SECONDS
    ? `. A piece has ${PIECE_SECONDS} s and comes again then: some clients get it late, others more than once`
    : '';

/** Handshake, `hello`, the notices of the end and of the return, and what these run and write. */
const reconnecting = (traffic: Traffic, rate: number): Needs => {
  const { messages, invocations, writeUnits } = predict({ sessions: 1, absences: 1 }, traffic);
  return {
    // The ack of `hello` is no request, but the handshake is.
    requests: rate * messages,
    connects: rate,
    functions: Math.ceil((rate * invocations * traffic.functionMs) / 1_000),
    writes: rate * writeUnits,
  };
};

const lines = (needs: Needs, line: (kind: keyof typeof QUOTAS, need: number) => string): string =>
  (Object.keys(QUOTAS) as (keyof typeof QUOTAS)[])
    .map((kind) => line(kind, needs[kind] ?? 0))
    .filter(Boolean)
    .join('\n');

const seconds = (amount: number, rate: number): string => `${count(Math.ceil(amount / rate))} s`;

const count = (number: number): string => number.toLocaleString('en-US');
