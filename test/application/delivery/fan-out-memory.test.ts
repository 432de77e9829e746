import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { FanOut } from '../../../src/application/delivery/fan-out.js';
import { PlainPusher } from '../../../src/application/delivery/plain-pusher.js';
import { RetryingCourier } from '../../../src/application/delivery/retrying-courier.js';
import type { RoomRepository } from '../../../src/application/ports/room-repository.js';
import type { Membership } from '../../../src/domain/membership.js';
import { connectionOf, membershipOf } from '../../contracts/repositories.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

const MEMBERS = 100_000;
const PAGE = 1_000;
const CONCURRENCY = 64;

it('holds two pages of members at a time, one of them read ahead, and no more pushes than may be under way, in a room of 100,000', async () => {
  const clock = new VirtualClock();
  let read = 0;
  let served = 0;
  let mostUnserved = 0;
  let mostUnservedAtPage = 0;
  let underWay = 0;
  let mostUnderWay = 0;
  let turn: Promise<void> | undefined;

  const rooms = {
    async *members(room: string): AsyncIterable<readonly Membership[]> {
      while (read < MEMBERS) {
        mostUnservedAtPage = Math.max(mostUnservedAtPage, read - served);
        const page = Array.from({ length: PAGE }, (_, n) =>
          membershipOf(connectionOf('user', `${read + n}=`, 0), room, 0),
        );
        read += PAGE;
        mostUnserved = Math.max(mostUnserved, read - served);
        yield page;
      }
    },
  };
  const clients = {
    send: async () => {
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      turn ??= nextTurn().then(() => {
        turn = undefined;
      });
      await turn;
      underWay -= 1;
      served += 1;
      return 'delivered' as const;
    },
    close: async () => {},
    probe: async () => 'open' as const,
  };
  const options = { concurrency: CONCURRENCY, openingMs: 0 };
  const push = new PlainPusher(new RetryingCourier(clients, clock, options), clock, options);
  const fanOut = new FanOut(rooms as unknown as RoomRepository, push, new SystemRandom());

  const { tally, complete } = await fanOut.deliver('lobby', ['{}'], clock.now() + 1);

  expect(tally).toEqual({ delivered: MEMBERS, gone: 0, failed: 0, expired: 0 });
  expect(complete).toBe(true);
  expect(mostUnservedAtPage).toBeLessThanOrEqual(PAGE + CONCURRENCY);
  expect(mostUnserved).toBeLessThanOrEqual(2 * PAGE + CONCURRENCY);
  expect(mostUnderWay).toBe(CONCURRENCY);
});
