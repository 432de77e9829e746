import { charges } from '../../src/entry/local/bill/charges.js';
import { monthOf } from './events.js';
import { predict } from './predict.js';
import { DEFAULT_TRAFFIC, type Traffic } from './traffic.js';

/** Minutes between two pings of the client library. */
const PING_MINUTES = { visible: 10, hidden: 30 };

export type PageVisibility = keyof typeof PING_MINUTES;

/**
 * The cost in dollars of one idle socket in a month: its minutes, pings, keep-alives and reconnections. It is in `*` and its
 * user's inbox, and in no other room.
 */
export const idleSocket = (page: PageVisibility): number => {
  const traffic: Traffic = {
    ...DEFAULT_TRAFFIC,
    connections: 1,
    rooms: 0,
    publications: 0,
    pingMinutes: PING_MINUTES[page],
  };
  return Object.values(charges(predict(monthOf(traffic), traffic))).reduce((sum, one) => sum + one, 0);
};
