/** The traffic of all clients in a month. */
export interface Traffic {
  /** Open at the same time, all month. */
  connections: number;
  /** Joined rooms of one connection, besides `*` and its inbox. */
  rooms: number;
  /** Connections in one room, all of different users. */
  members: number;
  /** In all rooms together, in a month. */
  publications: number;
  /** Of back ends, through the function `publish`, likewise. */
  backEndPublications: number;
  /** In all rooms together, in a month; of states that members set, too. */
  signals: number;
  states: number;
  /** Of one publication's `data`, as JSON. */
  dataBytes: number;
  /** How often one connection is opened anew in a month. API Gateway closes each after two hours. */
  sessions: number;
  /** How many of these other users notice; the client library opens the new connection before it closes the old one. */
  absences: number;
  /** Publications that a room had meanwhile, each time a connection is opened anew. */
  missed: number;
  /** Time between two pings of one connection; 0: it sends none. */
  pingMinutes: number;
  /** Time without a ping after which a connection sends a keep-alive; 0: never. */
  keepAliveMinutes: number;
  /** Billed time of one invocation; the bill of `npm start` shows it for one machine. */
  functionMs: number;
  /** `FAN_OUT_INLINE_LIMIT`. */
  inlineLimit: number;
}

export const MONTH_MINUTES: number = 30 * 24 * 60;

/** The client library replaces a connection after 115 minutes, or up to a tenth earlier. */
const SESSION_MINUTES = 0.95 * 115;

export const DEFAULT_TRAFFIC: Traffic = {
  connections: 10_000,
  rooms: 1,
  members: 10,
  publications: 1_000_000,
  backEndPublications: 0,
  signals: 0,
  states: 0,
  dataBytes: 100,
  sessions: MONTH_MINUTES / SESSION_MINUTES,
  // Everyone leaves once a day.
  absences: 30,
  missed: 0,
  // As the client library does on a visible page.
  pingMinutes: 10,
  keepAliveMinutes: 5,
  functionMs: 50,
  inlineLimit: 100,
};
