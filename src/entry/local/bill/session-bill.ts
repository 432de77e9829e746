import type { GatewayUsage } from '../../../../gateway/meter.js';
import { billTable } from './bill-table.js';
import { formatQuantity } from './format-amounts.js';
import { LIST_PRICES } from './list-prices.js';
import type { SessionUsage } from './session-meter.js';

/** The text that `npm start` prints when it ends; undefined if no client was connected. */
export const sessionBill = ({ gateway, store, amounts }: SessionUsage): string | undefined => {
  if (gateway.connections === 0) return undefined;
  const { received, replies, pushes } = gateway.messages;
  const { region, date } = LIST_PRICES;
  const noUnits = store.size === 0 && 'not in DynamoDB';
  return `On AWS, this session would have cost (${region}, list prices of ${date}, no free tier):

${billTable(amounts, {
  messages: `${received} received, ${replies} replies, ${pushes} pushes`,
  gigabyteSeconds: `this machine's, ${formatQuantity(msOfEach(gateway))} ms each`,
  ...(noUnits && { readUnits: noUnits, writeUnits: noUnits }),
})}
`;
};

/** For `npm run cost -- --function-ms`. */
const msOfEach = ({ invocations }: GatewayUsage): number => {
  const runs = [...invocations.values()];
  const total = (of: 'ms' | 'count') => runs.reduce((sum, run) => sum + run[of], 0);
  return total('ms') / Math.max(1, total('count'));
};
