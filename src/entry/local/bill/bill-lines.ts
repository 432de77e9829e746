import type { Amounts } from './amounts.js';
import { charges } from './charges.js';
import { formatDollars, formatQuantity } from './format-amounts.js';

export interface BillLine {
  kind: keyof Amounts;
  name: string;
  amount: string;
  price: string;
}

const NAMES: Record<keyof Amounts, string> = {
  messages: 'messages of 32 KB',
  connectionMinutes: 'connection minutes',
  invocations: 'invocations',
  gigabyteSeconds: 'function time, GB-s',
  readUnits: 'read units',
  writeUnits: 'write units',
  logBytes: 'log bytes',
};

/** One readable line for each charge, and the total. */
export const billLines = (amounts: Amounts): { lines: BillLine[]; total: string } => {
  const charged = charges(amounts);
  const kinds = Object.keys(NAMES) as (keyof Amounts)[];
  const lines = kinds.map((kind) => ({
    kind,
    name: NAMES[kind],
    amount: formatQuantity(amounts[kind]),
    price: formatDollars(charged[kind]),
  }));
  return { lines, total: formatDollars(kinds.reduce((sum, kind) => sum + charged[kind], 0)) };
};
