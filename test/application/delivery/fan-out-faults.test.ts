import { describe, expect, it } from '@jest/globals';
import { InMemoryClientNotifier } from '../../../src/adapters/in-memory/client-notifier.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { UnlimitedRateLimiter } from '../../../src/adapters/unlimited/rate-limiter.js';
import { ClaimsAccessPolicy } from '../../../src/application/access/claims-access-policy.js';
import { ExpiryNotice } from '../../../src/application/access/expiry-notice.js';
import { MembershipRenewal } from '../../../src/application/access/membership-renewal.js';
import { SessionCloser } from '../../../src/application/access/session-closer.js';
import { SessionExpiry } from '../../../src/application/access/session-expiry.js';
import { ConnectionCleanup } from '../../../src/application/connections/connection-cleanup.js';
import { FanOut } from '../../../src/application/delivery/fan-out.js';
import { PlainPusher } from '../../../src/application/delivery/plain-pusher.js';
import { PusherWithConsequences } from '../../../src/application/delivery/pusher-with-consequences.js';
import { RetryingCourier } from '../../../src/application/delivery/retrying-courier.js';
import type { ConnectionRepository } from '../../../src/application/ports/connection-repository.js';
import type { RoomRepository } from '../../../src/application/ports/room-repository.js';
import { PresenceNotices } from '../../../src/application/presence/presence-notices.js';
import { Rosters } from '../../../src/application/presence/rosters.js';
import type { Membership } from '../../../src/domain/membership.js';
import { connectionOf, membershipOf } from '../../contracts/repositories.js';
import { inMemoryRepositories } from '../../support/worlds/repositories.js';

const CONCURRENCY = 4;

/** 20 members, of which 12 are gone, over repositories with some methods replaced. */
const room = async (broken: {
  connections?: Partial<ConnectionRepository>;
  rooms?: (rooms: RoomRepository) => Partial<RoomRepository>;
}) => {
  const { connections, rooms, states, clock } = inMemoryRepositories();
  const clients = new InMemoryClientNotifier();
  const settled: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const connection = connectionOf(`user-${n}`, `${n}=`, clock.now());
    await connections.save(connection);
    await rooms.join(membershipOf(connection, 'lobby', clock.now()));
    if (n >= 12) clients.open(`${n}=`);
  }
  const notifier = {
    send: async (connectionId: string, frame: string, deadline: number) => {
      const outcome = await clients.send(connectionId, frame, deadline);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      settled.push(connectionId);
      return outcome;
    },
    close: (connectionId: string) => clients.close(connectionId),
    probe: (connectionId: string) => clients.probe(connectionId),
  };
  const over = <T extends object>(whole: T, parts: Partial<T> = {}): T =>
    new Proxy(whole, {
      get: (target, name) => {
        const value = Reflect.get(parts, name) ?? Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const brokenRooms = over(rooms, broken.rooms?.(rooms));
  const options = { concurrency: CONCURRENCY, openingMs: 0 };
  const push = new PlainPusher(new RetryingCourier(notifier, clock, options), clock, options);
  const rosters = new Rosters(brokenRooms);
  const notices = new PresenceNotices(rosters, states, push, new UnlimitedRateLimiter(), clock);
  const cleanup = new ConnectionCleanup(over(connections, broken.connections), brokenRooms, notices);
  const ending = new SessionCloser(notifier, cleanup, clock);
  const renewal = new MembershipRenewal(new ClaimsAccessPolicy(), brokenRooms);
  const expiry = new SessionExpiry(connections, renewal, ending, cleanup, clock);
  const notice = new ExpiryNotice(connections, notifier, clock);
  const fanOut = new FanOut(
    brokenRooms,
    new PusherWithConsequences(push, cleanup, expiry, notice),
    new SystemRandom(),
  );
  const deliver = () => fanOut.deliver('lobby', ['{"type":"message"}'], clock.now() + 1_000);
  return { deliver, settled, clients, connections, rooms, cleanup };
};

describe('when the store fails, fan-out', () => {
  it('reaches every client although dead connections cannot be forgotten, and says so', async () => {
    const failure = new Error('throttled');
    const { deliver, clients } = await room({ connections: { remove: () => Promise.reject(failure) } });

    expect(await deliver()).toMatchObject({ complete: true, deliveryError: failure });

    for (let n = 12; n < 20; n += 1) expect(clients.received(`${n}=`)).toHaveLength(1);
  });

  it('rejects when members cannot be read on, once no push is under way any more', async () => {
    const members = async function* (this: RoomRepository, name: string): AsyncIterable<Membership[]> {
      const all: Membership[] = [];
      for await (const page of this.members(name)) all.push(...page);
      yield all.filter(({ connectionId }) => /^1[234]=$/.test(connectionId));
      throw new Error('throttled');
    };
    const { deliver, settled } = await room({ rooms: () => ({ members }) });

    await expect(deliver()).rejects.toThrow('throttled');
    expect(settled.toSorted()).toEqual(['12=', '13=', '14=']);
  });

  it('removes all memberships of a connection although no member can be told', async () => {
    const { cleanup, rooms, connections } = await room({
      rooms: () => ({
        members: () => {
          throw new Error('throttled');
        },
      }),
    });
    const connection = await connections.find('15=');
    await rooms.join({ ...membershipOf(connection as never, 'team', 0) });

    await expect(cleanup.forget('15=')).rejects.toThrow('throttled');

    for (const name of ['*', '@user-15', 'lobby', 'team'])
      expect(await rooms.find(name, '15=')).toBeUndefined();
  });
});
