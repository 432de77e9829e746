import type { Amounts } from '../../src/entry/local/bill/amounts.js';
import type { Events } from './events.js';
import { sentMessages } from './sent-messages.js';
import type { Traffic } from './traffic.js';

const FUNCTION_GB = 0.5;
/** A row with a connection id and a room. */
const ROW_BYTES = 80;

/**
 * The same for the common sample: functions for `$connect` and `$disconnect`, one row for each
 * connection, and a scan of all of them for each message. It has no history, no authorizer, no limits and no notices, and
 * its clients send a message for each ping and keep-alive.
 */
export const predictPlainPattern = (events: Events, traffic: Traffic): Amounts => {
  const { connections, members, functionMs } = traffic;
  const { connectionMinutes, sessions } = events;
  const sent = sentMessages(events);
  const pings = events.pings + events.keepAlives;
  // A scan is not strongly consistent: half a unit for 4 KB.
  const scan = Math.max(1, Math.ceil((connections * ROW_BYTES) / 4_096)) * 0.5;
  const invocations = 2 * sessions + sent + pings;
  return {
    messages: sent * (1 + members) + pings,
    connectionMinutes,
    invocations,
    gigabyteSeconds: ((invocations * functionMs) / 1_000) * FUNCTION_GB,
    readUnits: sent * scan,
    writeUnits: 2 * sessions,
    logBytes: invocations * 275,
  };
};
