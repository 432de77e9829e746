import { describe, expect, it } from '@jest/globals';
import type { RoomRepository } from '../../../src/application/ports/room-repository.js';
import { RoomSizes } from '../../../src/application/publishing/room-sizes.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

/** How often a room of `members` is counted when its size is asked for at each of `times` (milliseconds). */
const countsOf = async (members: number, atMost: number, times: readonly number[]): Promise<number> => {
  let counts = 0;
  const rooms: Pick<RoomRepository, 'count'> = {
    count: async (_, limit) => {
      counts += 1;
      return Math.min(members, limit);
    },
  };
  const clock = new VirtualClock();
  const sizes = new RoomSizes(rooms, clock, atMost);
  for (const at of times) {
    clock.advance(at - clock.now());
    expect(await sizes.of('lobby')).toBe(Math.min(members, atMost));
  }
  return counts;
};

describe('the size of a room', () => {
  const start = new VirtualClock().now();
  const times = [0, 4_999, 5_000, 59_999, 60_000].map((at) => start + at);

  it.each([
    ['small', 100, 10_000, 3],
    ['large', 1_001, 10_000, 2],
    ['as large as any caller asks', 101, 101, 2],
  ])('is counted anew after a while, for a room that is %s', async (_, members, atMost, counts) => {
    expect(await countsOf(members, atMost, times)).toBe(counts);
  });
});
