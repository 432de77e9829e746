import { MONTH_MINUTES, type Traffic } from './traffic.js';

/** How often each event happens; `STEPS` knows the cost of one. */
export interface Events {
  connectionMinutes: number;
  /** A handshake and `hello` with the rooms, and the end of the connection before, which others do not notice. */
  sessions: number;
  /** The end and the beginning of a session that others notice: its user leaves, and comes back. */
  absences: number;
  publications: number;
  /** Publications by the function `publish`, one in each invocation. */
  backEndPublications: number;
  signals: number;
  states: number;
  pings: number;
  /** At most one of a connection in ten seconds: so they are neither counted nor logged. */
  keepAlives: number;
}

export const monthOf = (traffic: Traffic): Events => {
  const { connections, sessions, pingMinutes, keepAliveMinutes } = traffic;
  const { publications, backEndPublications, signals, states } = traffic;
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
    absences: connections * Math.min(sessions, traffic.absences),
    publications,
    backEndPublications,
    signals,
    states,
    pings: opened * pings,
    keepAlives: opened * keepAlives,
  };
};

/** How often an event with this interval happens before another event ends the time. */
const between = (minutes: number, interval: number): number =>
  interval > 0 ? Math.max(0, Math.ceil(minutes / interval) - 1) : 0;
