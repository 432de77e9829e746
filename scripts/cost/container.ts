import { LIST_PRICES } from '../../src/entry/local/bill/list-prices.js';
import type { Events } from './events.js';
import type { PricedLine } from './price-table.js';
import { sentMessages } from './sent-messages.js';
import { MONTH_MINUTES, type Traffic } from './traffic.js';

/** One vCPU and 2 GB; assumed, not measured. */
const CONNECTIONS_A_CONTAINER = 10_000;
const GIGABYTES = 2;
/** At least two: if one ends, the other goes on. */
const LEAST_CONTAINERS = 2;
const ENVELOPE_BYTES = 150;
const PING_BYTES = 100;

/**
 * The same behind an Application Load Balancer: containers that hold the sockets, limits and members in memory, and a row in
 * DynamoDB for each publication. How containers tell each other of publications is not priced.
 */
export const priceContainers = (events: Events, traffic: Traffic): PricedLine[] => {
  const { loadBalancer, container, writeUnit, readUnit } = LIST_PRICES;
  const hours = MONTH_MINUTES / 60;
  const { connections, rooms, members, dataBytes } = traffic;
  const bytes =
    sentMessages(events) * (2 + members) * (dataBytes + ENVELOPE_BYTES) +
    (2 * events.pings + events.keepAlives) * PING_BYTES;
  // The largest of the three counts.
  const units = Math.max(connections / 3_000, events.sessions / (hours * 3_600) / 25, bytes / 1e9 / hours);
  const containers = Math.max(LEAST_CONTAINERS, Math.ceil(connections / CONNECTIONS_A_CONTAINER));
  const writes =
    (events.publications + events.backEndPublications) * Math.ceil((dataBytes + ENVELOPE_BYTES) / 1_024);
  // Reads for missed publications: the head of each room.
  const reads = events.sessions * (2 + rooms);
  const perHour = container.vcpuHour + GIGABYTES * container.gigabyteHour;
  return [
    { name: 'balancer hours', amount: hours, dollars: hours * loadBalancer.hour },
    { name: 'capacity unit hours', amount: units * hours, dollars: units * hours * loadBalancer.unitHour },
    { name: 'container hours', amount: containers * hours, dollars: containers * hours * perHour },
    { name: 'write units', amount: writes, dollars: writes * writeUnit },
    { name: 'read units', amount: reads, dollars: reads * readUnit },
  ];
};
