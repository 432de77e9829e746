import fc from 'fast-check';
import { frames } from '../../../schemas/frames.js';

const action = fc.constantFrom(
  ...Object.keys(frames),
  '$default',
  '$connect',
  '__proto__',
  'constructor',
  '',
);
const room = fc.oneof(
  fc.constantFrom('*', '@alice', '@bob', 'lobby', 'a#b', ''),
  fc.string({ unit: 'binary' }),
);
const cursor = fc.record(
  {
    epoch: fc.oneof(fc.constantFrom('x', ''), fc.string()),
    offset: fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()),
  },
  { requiredKeys: [] },
);

const last = fc.record({ last: fc.integer({ min: 0, max: 101 }) });

/** Frames that are mostly nearly valid, so that they pass the first checks. */
const nearlyRight = fc.record(
  {
    action,
    id: fc.oneof(fc.constant('q1'), fc.string(), fc.jsonValue()),
    key: fc.oneof(fc.constantFrom('k', 'k2'), fc.string(), fc.jsonValue()),
    data: fc.jsonValue(),
    to: fc.oneof(fc.constantFrom('bob', 'alice'), fc.string({ unit: 'binary' }), fc.jsonValue()),
    room: fc.oneof(room, fc.jsonValue()),
    rooms: fc.oneof(fc.array(room), fc.jsonValue()),
    since: fc.oneof(cursor, fc.jsonValue()),
    before: fc.oneof(cursor, fc.jsonValue()),
    last: fc.oneof(fc.integer({ min: -1, max: 102 }), fc.jsonValue()),
    limit: fc.oneof(fc.integer({ min: -1, max: 102 }), fc.jsonValue()),
    state: fc.jsonValue(),
    counter: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.jsonValue()),
    after: fc.oneof(fc.string(), fc.jsonValue()),
    verify: fc.oneof(fc.boolean(), fc.jsonValue()),
    digests: fc.oneof(fc.array(fc.record({ room, digest: fc.integer() })), fc.jsonValue()),
    protocol: fc.constantFrom(1, 2, '1'),
    resume: fc.oneof(
      fc.array(fc.tuple(room, fc.oneof(cursor, last)).map(([name, at]) => ({ room: name, ...at }))),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

/** Only the fields that an action knows, with values that are mostly of the right type. */
const fitting = fc.oneof(
  fc.record({ action: fc.constant('broadcast'), data: fc.jsonValue() }),
  fc.record({ action: fc.constant('send'), to: fc.constantFrom('bob', 'alice'), data: fc.jsonValue() }),
  fc.record({ action: fc.constantFrom('join', 'leave', 'presence', 'history'), room }),
  fc.record({ action: fc.constantFrom('presence', 'history'), room: fc.constantFrom('@bob', 'elsewhere') }),
  fc.record({ action: fc.constant('publish'), room: fc.constant('elsewhere'), data: fc.jsonValue() }),
  fc.record({ action: fc.constant('join'), room, last: fc.integer({ min: 0, max: 101 }) }),
  fc.record({ action: fc.constant('publish'), room, data: fc.jsonValue() }),
  fc.record({ action: fc.constant('history'), room, since: cursor, limit: fc.integer({ min: 0, max: 101 }) }),
  fc.record({ action: fc.constant('ping'), rooms: fc.array(room, { maxLength: 3 }) }),
  fc.record({
    action: fc.constantFrom('join', 'state'),
    room,
    state: fc.jsonValue(),
    counter: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ action: fc.constant('presence'), room, after: fc.string(), verify: fc.boolean() }),
  fc.record({
    action: fc.constant('ping'),
    digests: fc.array(fc.record({ room, digest: fc.nat() }), { maxLength: 3 }),
  }),
  fc.record({ action: fc.constant('keepalive') }),
  fc.record({
    action: fc.constant('signal'),
    room,
    tag: fc.constant('t'),
    number: fc.nat(),
    data: fc.jsonValue(),
  }),
);

/** A text with some characters removed or inserted. */
const damaged = fc
  .tuple(nearlyRight, fc.nat(), fc.nat({ max: 5 }), fc.string({ unit: 'binary', maxLength: 5 }))
  .map(([frame, at, length, insert]) => {
    const text = JSON.stringify(frame);
    const start = at % (text.length + 1);
    return text.slice(0, start) + insert + text.slice(start + length);
  });

/** Bodies that a client may send: any text, any JSON, and almost valid frames. */
export const arbitraryBody: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 3, arbitrary: nearlyRight.map((frame) => JSON.stringify(frame)) },
  { weight: 7, arbitrary: fitting.map((frame) => JSON.stringify(frame)) },
  { weight: 2, arbitrary: damaged },
);
