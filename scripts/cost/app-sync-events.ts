import { LIST_PRICES } from '../../src/entry/local/bill/list-prices.js';
import type { Events } from './events.js';
import type { PricedLine } from './price-table.js';
import { sentMessages } from './sent-messages.js';
import type { Traffic } from './traffic.js';

/** An operation is metered in steps of this many bytes. */
const STEP_BYTES = 5 * 1024;
/** Bytes of a message besides its data: an id, the channel, the type. */
const ENVELOPE_BYTES = 150;

/**
 * The same traffic over channels of AppSync Events: one for each room, one for all and one for the user. It keeps no
 * history and gives no order. Its own keep-alives count as free.
 */
export const priceAppSyncEvents = (events: Events, { rooms, members, dataBytes }: Traffic): PricedLine[] => {
  const { appSync } = LIST_PRICES;
  const steps = Math.ceil((dataBytes + ENVELOPE_BYTES) / STEP_BYTES);
  // A connection, and its subscriptions; in, and out to each member.
  const operations = events.sessions * (1 + 2 + rooms) + sentMessages(events) * (1 + members) * steps;
  return [
    { name: 'operations of 5 KB', amount: operations, dollars: operations * appSync.operation },
    {
      name: 'connection minutes',
      amount: events.connectionMinutes,
      dollars: events.connectionMinutes * appSync.connectionMinute,
    },
  ];
};
