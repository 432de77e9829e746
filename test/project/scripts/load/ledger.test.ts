import { expect, it } from '@jest/globals';
import { Ledger } from '../../../../scripts/trials/load/ledger.js';

const heard = (...offsets: number[]): Ledger => {
  const ledger = new Ledger();
  for (const offset of offsets) ledger.hear(offset);
  return ledger;
};

it('finds nothing wrong with a member that got everything once and in order', () => {
  const ledger = heard(1, 2, 3);

  expect(ledger.missing([1, 2, 3])).toBe(0);
  expect(ledger).toMatchObject({ doubled: 0, disordered: 0 });
});

it('counts what was acked and has not come', () => {
  expect(heard(1, 4).missing([1, 2, 3, 4])).toBe(2);
});

it('counts what came twice, and not as out of order', () => {
  expect(heard(1, 2, 1)).toMatchObject({ doubled: 1, disordered: 0 });
});

it('counts what came after a later one', () => {
  expect(heard(1, 3, 2)).toMatchObject({ doubled: 0, disordered: 1 });
});
