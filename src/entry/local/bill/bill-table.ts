import type { Amounts } from './amounts.js';
import { billLines } from './bill-lines.js';

/** The lines of a bill for a terminal. `notes` stand behind their line. */
export const billTable = (amounts: Amounts, notes: Partial<Record<keyof Amounts, string>> = {}): string => {
  const { lines, total } = billLines(amounts);
  const row = (name: string, amount: string, price: string, note = '') =>
    `  ${name.padEnd(20)}${amount.padStart(18)}${price.padStart(16)}  ${note}`.trimEnd();
  return [
    ...lines.map(({ kind, name, amount, price }) => row(name, amount, price, notes[kind])),
    row('total', '', total),
  ].join('\n');
};
