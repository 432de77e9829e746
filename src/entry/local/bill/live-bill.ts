import type { Amounts } from './amounts.js';
import { type BillLine, billLines } from './bill-lines.js';
import { LIST_PRICES } from './list-prices.js';

export interface LiveBill {
  region: string;
  date: string;
  lines: BillLine[];
  total: string;
}

/** For the page, which shows it while the session lasts. */
export const liveBill = (amounts: Amounts): LiveBill => {
  const { region, date } = LIST_PRICES;
  return { region, date, ...billLines(amounts) };
};
