import { expect, it } from '@jest/globals';
import { Ledger } from '../../../../scripts/trials/load/ledger.js';

const heard = (...offsets: number[]): Ledger => {
  const ledger = new Ledger();
  for (const offset of offsets) ledger.hear(offset);
  return ledger;
};

it('accepts a member that got everything once and in order', () => {
  const ledger = heard(1, 2, 3);

  expect(ledger.missing([1, 2, 3])).toBe(0);
  expect(ledger).toMatchObject({ doubled: 0, disordered: 0 });
});

it('counts acked messages that did not arrive', () => {
  expect(heard(1, 4).missing([1, 2, 3, 4])).toBe(2);
});

it('counts duplicates, but not as out of order', () => {
  expect(heard(1, 2, 1)).toMatchObject({ doubled: 1, disordered: 0 });
});

it('counts messages that arrive after a later one', () => {
  expect(heard(1, 3, 2)).toMatchObject({ doubled: 0, disordered: 1 });
});
