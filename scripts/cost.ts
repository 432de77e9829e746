import { answerHelp } from '../src/entry/local/answer-help.js';
import { billTable } from '../src/entry/local/bill/bill-table.js';
import { LIST_PRICES } from '../src/entry/local/bill/list-prices.js';
import { priceAppSyncEvents } from './cost/app-sync-events.js';
import { priceContainers } from './cost/container.js';
import { monthOf } from './cost/events.js';
import { idleSocket } from './cost/idle-socket.js';
import { predictPlainPattern } from './cost/plain-pattern.js';
import { predict } from './cost/predict.js';
import { priceTable } from './cost/price-table.js';
import { quotaTimes } from './cost/quota-times.js';
import { readTraffic, TRAFFIC_OPTIONS } from './cost/read-traffic.js';

answerHelp(
  'Usage: npm run cost -- [--connections 10000] [--publications 1000000] [--members 10] …',
  `Predicts what AWS bills for a month. The options: ${TRAFFIC_OPTIONS.join(', ')}.`,
);

try {
  const traffic = readTraffic();
  const events = monthOf(traffic);
  const notes = { gigabyteSeconds: `${traffic.functionMs} ms each, assumed` };
  console.log(`A month of 30 days, ${LIST_PRICES.region}, list prices of ${LIST_PRICES.date}, no free tier:

${Object.entries(traffic)
  .map(([name, value]) => `  ${name} ${value.toLocaleString('en-US')}`)
  .join('\n')}

Switchboard

${billTable(predict(events, traffic), notes)}

The plain pattern: a row for each connection, a scan for each message, no history

${billTable(predictPlainPattern(events, traffic), notes)}

AppSync Events: channels without history or order

${priceTable(priceAppSyncEvents(events, traffic))}

Containers behind a load balancer: one vCPU and 2 GB for 10,000 connections (assumed), at least two

${priceTable(priceContainers(events, traffic))}

${quotaTimes(traffic)}
An idle socket for a month: $${idleSocket('visible').toFixed(4)} of a visible page, $${idleSocket('hidden').toFixed(4)} of a hidden one or a program.
Stored rows, their recovery copies, keys, and data transfer are not counted.`);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
