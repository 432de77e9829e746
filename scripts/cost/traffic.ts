/** What clients do in a month. */
export interface Traffic {
  /** Open at the same time, all month. */
  connections: number;
  /** Joined rooms of one connection, besides `*` and its inbox. */
  rooms: number;
  /** Connections in one room, each of another user. */
  members: number;
  /** In all rooms together, in a month. */
  publications: number;
  /** Of one publication's `data`, as JSON. */
  dataBytes: number;
  /** Of one connection in a month: how often it is opened anew. API Gateway closes each after two hours. */
  sessions: number;
  /** Between two pings of one connection; 0: it sends none. */
  pingMinutes: number;
  /** Billed time of one invocation; the bill of `npm start` tells that of a machine. */
  functionMs: number;
  /** `FAN_OUT_INLINE_LIMIT`. */
  inlineLimit: number;
}

export const MONTH_MINUTES: number = 30 * 24 * 60;

export const DEFAULT_TRAFFIC: Traffic = {
  connections: 10_000,
  rooms: 1,
  members: 10,
  publications: 1_000_000,
  dataBytes: 100,
  sessions: MONTH_MINUTES / 120,
  pingMinutes: 4,
  functionMs: 50,
  inlineLimit: 100,
};
