import type { Amounts } from './amounts.js';
import { charges } from './charges.js';

const NAMES: Record<keyof Amounts, string> = {
  messages: 'messages of 32 KB',
  connectionMinutes: 'connection minutes',
  invocations: 'invocations',
  gigabyteSeconds: 'function time, GB-s',
  readUnits: 'read units',
  writeUnits: 'write units',
  logBytes: 'log bytes',
};

/** One line for each charge, and the total. `notes` stand behind their line. */
export const billTable = (amounts: Amounts, notes: Partial<Record<keyof Amounts, string>> = {}): string => {
  const charged = charges(amounts);
  const kinds = Object.keys(NAMES) as (keyof Amounts)[];
  const total = kinds.reduce((sum, kind) => sum + charged[kind], 0);
  const line = (name: string, amount: string, dollars: number, note = '') =>
    `  ${name.padEnd(20)}${amount.padStart(18)}${money(dollars).padStart(16)}  ${note}`.trimEnd();
  return [
    ...kinds.map((kind) => line(NAMES[kind], quantity(amounts[kind]), charged[kind], notes[kind])),
    line('total', '', total),
  ].join('\n');
};

const quantity = (amount: number): string =>
  amount.toLocaleString('en-US', { maximumFractionDigits: amount < 1_000 ? 2 : 0 });

/** A session costs less than a cent: four digits that count are shown. */
const money = (dollars: number): string => {
  const digits = dollars >= 1 || dollars === 0 ? 2 : Math.min(9, 3 - Math.floor(Math.log10(dollars)));
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
};
