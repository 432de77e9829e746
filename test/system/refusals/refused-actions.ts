import type { Action } from '../../../protocol/actions.js';
import type { ErrorCode } from '../../../protocol/errors.js';

type Refused = readonly [code: ErrorCode, fields: object, connectionId?: string];

interface ActionCase {
  /** The same frame without the error. */
  valid: object;
  refused: readonly Refused[];
}

const SINCE = { epoch: 'x', offset: 0 };
const WRONG_CURSOR = { epoch: 'x', offset: -1 };
const STATE = { state: { at: 'desk' }, counter: 1 };
const LARGE = 'x'.repeat(16_384);

/**
 * The refusals of each action, besides those that all actions share. Mallory is in `lobby`, where she may do
 * everything, and in `readonly`, where she may only join. Alice may do everything, and is in `crowded` with many
 * others. Flora is in 50 rooms.
 */
export const REFUSED_ACTIONS: { readonly [A in Action]: ActionCase } = {
  broadcast: {
    valid: { data: 1 },
    refused: [
      ['forbidden', { data: 1, key: 'fresh' }],
      ['payload_too_large', { data: LARGE, key: 'fresh' }, 'alice='],
      ['idempotency_conflict', { data: 'other', key: 'used' }, 'alice='],
    ],
  },
  send: {
    valid: { to: 'friend', data: 1 },
    refused: [
      ['forbidden', { to: 'bob', data: 1, key: 'fresh' }],
      ['invalid_user', { to: 'a#b', data: 1 }],
      ['payload_too_large', { to: 'friend', data: LARGE, key: 'fresh' }],
      ['idempotency_conflict', { to: 'friend', data: 'other', key: 'used' }, 'alice='],
    ],
  },
  publish: {
    valid: { room: 'lobby', data: 1 },
    refused: [
      ['not_a_member', { room: 'elsewhere', data: 1, key: 'fresh' }],
      ['forbidden', { room: 'readonly', data: 1, key: 'fresh' }],
      ['invalid_room', { room: '*', data: 1 }],
      ['payload_too_large', { room: 'lobby', data: LARGE, key: 'fresh' }],
      ['idempotency_conflict', { room: 'lobby', data: 'other', key: 'used' }, 'alice='],
    ],
  },
  join: {
    valid: { room: 'lobby' },
    refused: [
      ['forbidden', { room: 'secret' }],
      ['forbidden', { room: 'readonly-too', since: SINCE }],
      ['forbidden', { room: 'readonly-too', ...STATE }],
      ['invalid_message', { room: 'lobby', state: 1 }],
      ['payload_too_large', { room: 'lobby', state: 'x'.repeat(255), counter: 1 }],
      ['room_limit', { room: 'lobby', ...STATE }, 'flora='],
      ['forbidden', { room: 'readonly-too', last: 50 }],
      ['invalid_message', { room: 'lobby', since: SINCE, last: 50 }],
      ['invalid_message', { room: 'lobby', last: 0 }],
      ['invalid_room', { room: '@mallory' }],
      ['invalid_cursor', { room: 'lobby', since: WRONG_CURSOR }],
      ['room_limit', { room: 'lobby' }, 'flora='],
      ['room_limit', { room: 'lobby', since: SINCE }, 'flora='],
    ],
  },
  leave: { valid: { room: 'lobby' }, refused: [['invalid_room', { room: '*' }]] },
  history: {
    valid: { room: 'lobby' },
    refused: [
      ['not_a_member', { room: 'elsewhere' }],
      ['not_a_member', { room: '@bob', since: SINCE }],
      ['forbidden', { room: 'readonly' }],
      ['invalid_room', { room: 'a#b' }],
      ['invalid_cursor', { room: 'lobby', since: WRONG_CURSOR }],
      ['invalid_cursor', { room: 'lobby', before: WRONG_CURSOR }],
    ],
  },
  state: {
    valid: { room: 'lobby', ...STATE },
    refused: [
      ['not_a_member', { room: 'elsewhere', ...STATE }],
      ['forbidden', { room: 'readonly', ...STATE }],
      ['room_too_large', { room: 'crowded', ...STATE }, 'alice='],
      ['invalid_room', { room: '*', ...STATE }],
      ['invalid_message', { room: 'lobby', state: 1 }],
      ['invalid_message', { room: 'lobby', state: 1, counter: 0 }],
      ['payload_too_large', { room: 'lobby', state: 'x'.repeat(255), counter: 1 }],
    ],
  },
  presence: {
    valid: { room: 'lobby' },
    refused: [
      ['not_a_member', { room: 'elsewhere' }],
      ['not_a_member', { room: 'elsewhere', verify: true }],
      ['forbidden', { room: 'readonly' }],
      ['forbidden', { room: 'readonly', verify: true }],
      ['invalid_room', { room: 'a#b' }],
      ['invalid_cursor', { room: 'lobby', after: '' }],
    ],
  },
  hello: {
    valid: {},
    refused: [
      ['invalid_room', { resume: [{ room: 'a#b', ...SINCE }] }],
      ['invalid_cursor', { resume: [{ room: 'lobby', ...WRONG_CURSOR }] }],
      ['invalid_room', { resume: [{ room: 'a#b', last: 50 }] }],
      ['invalid_message', { resume: [{ room: 'lobby', last: 101 }] }],
      ['invalid_message', { resume: [{ room: 'lobby', ...SINCE, last: 50 }] }],
    ],
  },
  ping: {
    valid: { rooms: ['lobby'] },
    refused: [
      ['not_a_member', { rooms: ['lobby', 'elsewhere'] }],
      ['not_a_member', { rooms: ['lobby'], digests: [{ room: 'elsewhere', digest: 1 }] }],
      ['invalid_room', { digests: [{ room: '*', digest: 1 }] }],
      ['invalid_room', { rooms: ['a#b'] }],
    ],
  },
  refresh: {
    valid: { token: 'TOKEN of mallory' },
    refused: [
      ['unauthenticated', { token: 'nonsense' }],
      ['forbidden', { token: 'TOKEN of bob' }],
    ],
  },
};
