import type { Amounts } from './amounts.js';
import { LIST_PRICES } from './list-prices.js';

/** In dollars, for each kind of charge. */
export type Charges = Record<keyof Amounts, number>;

/** `amounts` at list prices, as if they were the amounts of one month. */
export const charges = (amounts: Amounts): Charges => {
  const { message, ...prices } = LIST_PRICES;
  const first = Math.min(amounts.messages, message.first);
  return {
    messages: first * message.price + (amounts.messages - first) * message.beyond,
    connectionMinutes: amounts.connectionMinutes * prices.connectionMinute,
    invocations: amounts.invocations * prices.invocation,
    gigabyteSeconds: amounts.gigabyteSeconds * prices.gigabyteSecond,
    readUnits: amounts.readUnits * prices.readUnit,
    writeUnits: amounts.writeUnits * prices.writeUnit,
    logBytes: (amounts.logBytes / 1e9) * prices.logGigabyte,
  };
};
