// npm run cost -- --connections 10000 [--publications 1000000 --members 10 …]: predicts what AWS bills for a month.
import { billTable } from '../src/entry/local/bill/bill-table.js';
import { LIST_PRICES } from '../src/entry/local/bill/list-prices.js';
import { idleSocket } from './cost/idle-socket.js';
import { predictPlainPattern } from './cost/plain-pattern.js';
import { monthOf, predict } from './cost/predict.js';
import { quotaTimes } from './cost/quota-times.js';
import { readTraffic } from './cost/read-traffic.js';

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

${quotaTimes(traffic)}
An idle socket for a month: $${idleSocket('visible').toFixed(4)} of a visible page, $${idleSocket('hidden').toFixed(4)} of a hidden one or a program.
Stored rows, their recovery copies, keys, and data transfer are not counted.`);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
