import { expect, it } from '@jest/globals';
import { concurrently } from '../../../../src/application/concurrently.js';
import type { ServerFrame } from '../../../support/server-frame.js';
import { onEveryStore } from '../support/every-world.js';
import { type ResumedRoom, roomOf } from '../support/resumed.js';

/** Joins of one connection compete for its row: more of them would only retry more often. */
const AT_ONCE = 5;

onEveryStore('Many rooms', (world) => {
  it('fifty rooms may be joined, even twice, and a fifty-first only after leaving one', async () => {
    const alice = await world().connect('alice');
    const rooms = Array.from({ length: 50 }, (_, index) => `room-${index}`);
    await concurrently(rooms, AT_ONCE, async (room) => {
      await alice.do('join', { room });
    });

    const refused = await alice.ask('join', { room: 'one-more' });
    expect(refused).toMatchObject({ code: 'room_limit', retryable: false });
    expect(await alice.ask('publish', { room: 'one-more', data: 1 })).toMatchObject({ code: 'not_a_member' });
    await alice.do('join', { room: 'room-49' });

    await alice.do('leave', { room: 'room-0' });
    await alice.do('join', { room: 'one-more' });
  });

  it('of seventy simultaneous joins, fifty succeed, and only those make memberships', async () => {
    const alice = await world().connect('alice');
    const rooms = Array.from({ length: 70 }, (_, index) => `room-${index}`);

    const replies = await Promise.all(rooms.map((room) => alice.ask('join', { room })));

    const joined = rooms.filter((_, index) => replies[index]?.type === 'ack');
    expect(joined).toHaveLength(50);
    const refused = replies.filter(({ type }: ServerFrame) => type === 'error');
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['room_limit']));
    const seen = await Promise.all(rooms.map((room) => alice.ask('presence', { room })));
    expect(rooms.filter((_, index) => seen[index]?.type === 'ack')).toEqual(joined);
  });

  it('resumes fifty rooms at once in a reply below 32 KiB, and leaves the rest to history', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];
    const rooms = Array.from({ length: 50 }, (_, n) => `${'room'.repeat(15)}${n}`);
    const resume: object[] = [];
    await concurrently(rooms, AT_ONCE, async (room) => {
      const { epoch } = await alice.do('join', { room });
      await alice.do('publish', { room, data: 'y'.repeat(2_000) });
      resume.push({ room, epoch, offset: 0 });
    });

    const hello = await bob.do('hello', { resume });

    expect(Buffer.byteLength(JSON.stringify(hello))).toBeLessThanOrEqual(32 * 1024);
    for (const room of rooms) {
      const { items, more, recovered } = roomOf(hello, room);
      expect([recovered, items.length + (more ? 1 : 0)]).toEqual([true, 1]);
    }
    expect((hello.rooms as ResumedRoom[]).some(({ more }) => more)).toBe(true);
    expect((hello.rooms as ResumedRoom[]).some(({ items }) => items.length > 0)).toBe(true);
  });
});
