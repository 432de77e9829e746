import { expect, it } from '@jest/globals';
import { FanOut } from '../../../src/application/delivery/fan-out.js';
import { PlainPusher } from '../../../src/application/delivery/plain-pusher.js';
import { RetryingCourier } from '../../../src/application/delivery/retrying-courier.js';
import type { RoomRepository } from '../../../src/application/ports/room-repository.js';
import { connectionOf, membershipOf } from '../../contracts/repositories.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

/** A room with this many pages of four connected members. */
const world = (pages: number, chance: () => number = () => 0.5) => {
  const clock = new VirtualClock();
  const events: string[] = [];
  const served: string[] = [];
  const rooms = {
    async *members(room: string, { backwards = false } = {}) {
      const numbers = Array.from({ length: pages }, (_, page) => (backwards ? pages - 1 - page : page));
      for (const page of numbers) {
        events.push(`read ${page}`);
        await Promise.resolve();
        yield [0, 1, 2, 3].map((n) => membershipOf(connectionOf('user', `${page}.${n}`, 0), room, 0));
      }
    },
  };
  const clients = {
    send: async (connectionId: string) => {
      events.push(`push ${connectionId}`);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      served.push(connectionId);
      return 'delivered' as const;
    },
    close: async () => {},
    probe: async () => 'open' as const,
  };
  const random = { number: chance, id: () => '' };
  const options = { concurrency: 2, openingMs: 0 };
  const push = new PlainPusher(new RetryingCourier(clients, clock, options), clock, options);
  const fanOut = new FanOut(rooms as unknown as RoomRepository, push, random);
  return { events, served, deliver: () => fanOut.deliver('lobby', ['{}'], clock.now() + 1) };
};

it('reads the next page while it serves this one, and none beyond it', async () => {
  const { events, deliver } = world(4);

  await deliver();

  const pushesBefore = (page: number) =>
    events.slice(0, events.indexOf(`read ${page}`)).filter((event) => event.startsWith('push')).length;
  expect([0, 1, 2, 3].map(pushesBefore)).toEqual([0, 0, 4, 8]);
});

it('serves each member once, from any starting place, and not always the same one last', async () => {
  const lasts = new Set<string | undefined>();
  for (const chance of [0, 0.3, 0.6, 0.9]) {
    const { served, deliver } = world(3, () => chance);

    expect(await deliver()).toMatchObject({ complete: true, tally: { delivered: 12 } });

    expect(new Set(served).size).toBe(12);
    lasts.add(served.at(-1));
  }
  expect(lasts.size).toBeGreaterThan(2);
});
