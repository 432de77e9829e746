import { expect, it } from '@jest/globals';
import { inboxOf, LABEL, USER_ID } from '../../../protocol/names.js';
import * as keys from '../../../src/adapters/dynamodb/keys.js';

/** DynamoDB's limits, in bytes. */
const PARTITION_KEY_BYTES = 2_048;
const SORT_KEY_BYTES = 1_024;

const USER = '~'.repeat(256);
const INBOX = inboxOf(USER);
const LABEL_64 = 'k'.repeat(64);
const CONNECTION = 'c'.repeat(128);

it('The longest names fit into the keys of DynamoDB', () => {
  expect([USER_ID.test(USER), USER_ID.test(`${USER}~`)]).toEqual([true, false]);
  expect([LABEL.test(LABEL_64), LABEL.test(`${LABEL_64}k`)]).toEqual([true, false]);
  const all = [
    keys.connectionKey(CONNECTION),
    keys.membershipKey(INBOX, CONNECTION),
    keys.metaKey(INBOX),
    keys.slotKey(INBOX, 'e'.repeat(32), Number.MAX_SAFE_INTEGER),
    keys.claimKey(INBOX, USER, LABEL_64),
    keys.usedTokenKey('j'.repeat(256)),
    keys.rateKey('connection', CONNECTION),
    keys.rateKey('user', USER),
    keys.rateKey('room', INBOX),
  ];

  expect(Math.max(...all.map(({ pk }) => Buffer.byteLength(pk)))).toBeLessThanOrEqual(PARTITION_KEY_BYTES);
  expect(Math.max(...all.map(({ sk }) => Buffer.byteLength(sk)))).toBeLessThanOrEqual(SORT_KEY_BYTES);
});

it('Slots sort by their offset', () => {
  const offsets = [1, 9, 10, 99, 100, 2 ** 32, Number.MAX_SAFE_INTEGER];
  const sorted = offsets.map((offset) => keys.slotKey('lobby', 'e', offset).sk);

  expect(sorted.toSorted()).toEqual(sorted);
});
