import fc from 'fast-check';
import type { Permissions } from '../../../src/domain/access/permissions.js';

export const roomName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,20}$/);
const pattern = fc.oneof(
  roomName,
  roomName.map((name) => `${name}*`),
  fc.constant('*'),
);
export const patterns = fc.array(pattern, { maxLength: 4 });
export const permissions: fc.Arbitrary<Permissions> = fc.record({
  join: patterns,
  publish: patterns,
  signal: patterns,
  history: patterns,
  presence: patterns,
  send: patterns,
  broadcast: fc.boolean(),
});
