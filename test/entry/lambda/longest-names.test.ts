import { beforeAll, describe, expect, it } from '@jest/globals';
import { ERRORS, type ErrorCode } from '../../../protocol/errors.js';
import {
  DATA_BYTES,
  FRAME_BYTES,
  ROOMS_PER_FRAME,
  ROSTER_BYTES,
  ROSTER_USERS,
  STATE_BYTES,
} from '../../../protocol/limits.js';
import { pushes as pushSchemas } from '../../../schemas/pushes.js';
import { replies as ackSchemas } from '../../../schemas/replies.js';
import { ClientError } from '../../../src/domain/client-error.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import type { Publication } from '../../../src/domain/publications/publication.js';
import { Crowd } from './support/crowd.js';
import { LONGEST_ID, ME, roomOf, userOf } from './support/longest-names.js';

const ROOM = roomOf(0);
const BIGGEST = 'x'.repeat(DATA_BYTES - 2);
const LONGEST_STATE = 'x'.repeat(STATE_BYTES - 2);
/** Fills the rest of a frame except for a few bytes. */
const SMALL = 'x';
const AT_START = { epoch: 'e'.repeat(32), offset: Number.MAX_SAFE_INTEGER };

const publication = (offset: number, length: number): Publication => ({
  room: `@${ME}`,
  epoch: AT_START.epoch,
  offset,
  id: 'i'.repeat(20),
  from: ME,
  at: 1_760_000_000_000,
  data: JsonText.of('x'.repeat(length)),
  requestId: 'R1R1R1R1R1R1R1R=',
});

describe('With the longest names', () => {
  const crowd = new Crowd();
  const cursorIn = async (room: string) => {
    const { epoch, offset } = await crowd.ask('history', { room });
    return { epoch: epoch as string, offset: offset as number };
  };

  beforeAll(async () => {
    for (let n = 0; n <= ROSTER_USERS; n += 1) await crowd.world.connect(userOf(n));
    await crowd.ask('join', { room: ROOM });
  });

  it('a roster is cut by its bytes, and leaves space in a join for any publication', async () => {
    const { epoch, offset } = await cursorIn(ROOM);
    for (let n = 1; n < ROSTER_USERS; n += 1) await crowd.ask('join', { room: ROOM }, userOf(n));
    await crowd.ask('publish', { room: ROOM, data: BIGGEST, key: 'k'.repeat(64) });

    const { members, truncated } = await crowd.ask('presence', { room: ROOM });
    const joined = await crowd.ask('join', { room: ROOM, since: { epoch, offset } });
    expect(await crowd.ask('join', { room: ROOM, last: 100 })).toMatchObject({
      ...joined,
      start: { epoch, offset },
    });

    expect(truncated).toBe(true);
    expect(JSON.stringify(members).length).toBeGreaterThan(ROSTER_BYTES - 300);
    expect(JSON.stringify(members).length).toBeLessThanOrEqual(ROSTER_BYTES + 1);
    expect(joined).toMatchObject({ recovered: true, more: false, members, truncated });
    expect(joined.items).toHaveLength(1);
  });

  it('every publication can be published, and read again page by page', async () => {
    for (const data of [BIGGEST, SMALL]) {
      await crowd.ask('broadcast', { data });
      await crowd.ask('send', { to: ME, data });
    }
    for (let n = 0; n < 100; n += 1) await crowd.ask('send', { to: ME, data: SMALL });

    for (const room of ['*', `@${ME}`, ROOM]) {
      const read: unknown[] = [];
      const { epoch, offset: newest } = await crowd.ask('history', { room, limit: 1 });
      for (let since = { epoch, offset: 0 }, more = true; more; ) {
        const page = await crowd.ask('history', { room, since, limit: 100 });
        const items = page.items as { offset: number }[];
        expect(items.length).toBeGreaterThan(0);
        read.push(...items);
        since = { epoch, offset: items.at(-1)?.offset ?? 0 };
        more = page.more as boolean;
      }
      expect(read).toHaveLength(newest as number);
    }
  });

  it('a hello for 52 inboxes of others still fits, full of what was missed', async () => {
    const open = [{ room: `@${ME}`, ...(await cursorIn(`@${ME}`)), offset: 1 }];
    const others = Array.from({ length: ROOMS_PER_FRAME - 1 }, (_, n) => ({
      room: `@${userOf(n + 1)}`,
      ...AT_START,
    }));

    const { rooms } = await crowd.ask('hello', { resume: [...open, ...others] });

    expect(rooms).toHaveLength(ROOMS_PER_FRAME + 1);
    expect(crowd.replies.get('hello')).toBeGreaterThan(FRAME_BYTES - 4_096);
    expect(rooms).toMatchObject([{}, { recovered: true, more: true }, ...others.map(() => ({ error: {} }))]);
  });

  it('so does a hello for 50 rooms, and a ping for them', async () => {
    const rooms = Array.from({ length: 50 }, (_, n) => roomOf(n));

    const greeting = await crowd.ask('hello', { resume: rooms.map((room) => ({ room, ...AT_START })) });
    await crowd.ask('hello', { resume: rooms.map((room) => ({ room, last: 100 })) });
    const { heads } = await crowd.ask('ping', { rooms: ['*', `@${ME}`, ...rooms] });

    expect(greeting.rooms).toHaveLength(ROOMS_PER_FRAME);
    expect(Object.keys(heads as object)).toHaveLength(ROOMS_PER_FRAME);
  });

  it('the stream delivers in frames that are as full as possible', async () => {
    await crowd.deliver(Array.from({ length: 400 }, (_, n) => publication(n + 1, (n * 97) % 4_000)));

    expect(crowd.pushes.get('messages')).toBeGreaterThan(FRAME_BYTES - 1_024);
  });

  it('presence names a user in full', async () => {
    await crowd.ask('join', { room: roomOf(60) }, userOf(1));
    await crowd.ask('join', { room: roomOf(60) }, userOf(2));
    await crowd.ask('leave', { room: roomOf(60) }, userOf(2));

    expect(crowd.pushes.get('presence')).toBeGreaterThan(256);
  });

  it('a roster is also cut by its states, and leaves space in a join for any publication', async () => {
    const room = roomOf(61);
    const stated = { room, state: LONGEST_STATE, counter: Number.MAX_SAFE_INTEGER - 1 };
    // As many as one roster has with such names.
    const users = Array.from({ length: 59 }, (_, n) => userOf(n + 1));
    for (const user of users) await crowd.ask('join', stated, user);
    const { epoch, offset } = await crowd.ask('publish', { room, data: BIGGEST }, userOf(1));
    await crowd.ask('state', { ...stated, counter: Number.MAX_SAFE_INTEGER }, userOf(1));

    const since = { epoch, offset: (offset as number) - 1 };
    const joined = await crowd.ask('join', { room, since }, userOf(1));
    const listed = joined.members as string[];
    expect(joined).not.toHaveProperty('truncated');
    expect(joined.items).toHaveLength(1);
    for (let next = joined.next; next !== undefined; ) {
      const page = await crowd.ask('presence', { room, after: next }, userOf(1));
      listed.push(...(page.members as string[]));
      next = page.next;
    }

    expect(new Set(listed)).toEqual(new Set(users));
    const digests = Array.from({ length: 5 }, () => ({ room, digest: 2 ** 32 - 1 }));
    const { stale } = await crowd.ask('ping', { rooms: [room], digests }, userOf(1));
    expect(stale).toHaveLength(5);
  });

  it('a signal with the largest data still fits', async () => {
    await crowd.tell(
      'signal',
      { to: ME, tag: LONGEST_ID, number: Number.MAX_SAFE_INTEGER, data: BIGGEST },
      userOf(1),
    );

    expect(crowd.pushes.get('signal')).toBeGreaterThan(DATA_BYTES + 256 + 256 + 64);
  });

  it('no reply and no push is over 32 KiB', () => {
    // The others name neither rooms nor users.
    expect([...crowd.replies.keys(), 'refresh'].sort()).toEqual(Object.keys(ackSchemas).sort());
    expect([...crowd.pushes.keys(), 'expiring', 'disconnect'].sort()).toEqual(
      Object.keys(pushSchemas).sort(),
    );
    expect(Math.max(...crowd.replies.values())).toBeLessThanOrEqual(FRAME_BYTES);
    expect(Math.max(...crowd.pushes.values())).toBeLessThanOrEqual(FRAME_BYTES);
  });

  it('the reply to hello leaves space for the longest answer of each room', () => {
    const page = { epoch: AT_START.epoch, offset: AT_START.offset, items: [], more: false, recovered: false };
    const longest = JSON.stringify({ ...page, reason: 'epoch_changed' }).length;

    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      const { message, retryable } = new ClientError(code);
      expect(JSON.stringify({ error: { code, message, retryable } }).length).toBeLessThanOrEqual(longest);
    }
  });
});
