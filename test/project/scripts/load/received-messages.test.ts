import { expect, it } from '@jest/globals';
import { ReceivedMessages } from '../../../../scripts/trials/load/received-messages.js';

const receivedOf = (...offsets: number[]): ReceivedMessages => {
  const received = new ReceivedMessages();
  for (const offset of offsets) received.hear(offset);
  return received;
};

it('accepts a member that got everything once and in order', () => {
  const received = receivedOf(1, 2, 3);

  expect(received.missing([1, 2, 3])).toBe(0);
  expect(received).toMatchObject({ doubled: 0, disordered: 0 });
});

it('counts acked messages that did not arrive', () => {
  expect(receivedOf(1, 4).missing([1, 2, 3, 4])).toBe(2);
});

it('counts duplicates, but not as out of order', () => {
  expect(receivedOf(1, 2, 1)).toMatchObject({ doubled: 1, disordered: 0 });
});

it('counts messages that arrive after a later one', () => {
  expect(receivedOf(1, 3, 2)).toMatchObject({ doubled: 0, disordered: 1 });
});
