import { formatDollars, formatQuantity } from '../../src/entry/local/bill/format-amounts.js';

export interface PricedLine {
  name: string;
  amount: number;
  dollars: number;
}

/** Like `billTable`, for services with other kinds of charges. */
export const priceTable = (lines: readonly PricedLine[]): string => {
  const row = (name: string, amount: string, dollars: number) =>
    `  ${name.padEnd(20)}${amount.padStart(18)}${formatDollars(dollars).padStart(16)}`;
  const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
  return [
    ...lines.map(({ name, amount, dollars }) => row(name, formatQuantity(amount), dollars)),
    row('total', '', total),
  ].join('\n');
};
