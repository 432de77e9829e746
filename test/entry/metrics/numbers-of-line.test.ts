import { expect, it } from '@jest/globals';
import { numbersOfLine } from '../../../src/entry/metrics/numbers-of-line.js';

const tally = { delivered: 3, gone: 0, failed: 0, expired: 0 };

it.each([
  [
    { connectionId: 'a=', route: 'ping', outcome: 'ok', durationMs: 4 },
    { Frames: 1, FrameTime: 4 },
  ],
  [
    { connectionId: 'a=', route: 'publish', outcome: 'ok', durationMs: 9, tally },
    { Frames: 1, FrameTime: 9, Publications: 1 },
  ],
  [
    { connectionId: 'a=', route: 'send', outcome: 'ok', durationMs: 9 },
    { Frames: 1, FrameTime: 9, Publications: 1 },
  ],
  [
    { connectionId: 'a=', route: 'publish', outcome: 'forbidden', durationMs: 2 },
    { Frames: 1, FrameTime: 2, FramesRefused: 1 },
  ],
  [
    { connectionId: 'a=', route: '$default', outcome: 'unknown_action', durationMs: 1 },
    { Frames: 1, FrameTime: 1, FramesRefused: 1 },
  ],
  [{ route: 'publish', outcome: 'ok', durationMs: 9, tally }, { Publications: 1 }],
  [{ route: 'publish', outcome: 'forbidden', durationMs: 9 }, {}],
  [{ route: '$connect', outcome: 'ok', durationMs: 20 }, { Connects: 1 }],
  [{ route: '$connect', outcome: 'connection_limit', durationMs: 20 }, {}],
  [{ route: '$disconnect', outcome: 'ok', durationMs: 20 }, { Disconnects: 1 }],
  [{ route: 'authorizer', outcome: 'expired', durationMs: 20 }, {}],
  [
    { route: 'fan-out', outcome: 'ok', durationMs: 9, tally: { ...tally, gone: 2, expired: 1 } },
    { PushesGone: 2, PushesExpired: 1 },
  ],
  [{ route: 'count-connections', outcome: 'ok', durationMs: 9, connections: 0 }, { ConnectionsKnown: 0 }],
  [{ route: 'disconnect-user', outcome: 'ok', durationMs: 9, connections: 2 }, {}],
])('%j is measured as %j', (line, numbers) => {
  expect(numbersOfLine(line)).toEqual(numbers);
});
