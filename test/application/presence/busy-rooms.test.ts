import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { ASK_AFTER_MS } from '../../../src/domain/limits/notice-limit.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('presence in a busy room', () => {
  const WATCHERS = 10;
  let world: InMemoryWorld;
  let watchers: Caller[];
  const leave = (caller: Caller) => world.app.leaveRoom.execute(caller, { action: 'leave', room: 'lobby' });
  const noticesTo = (caller: Caller | undefined) => (caller ? world.received(caller, 'presence') : []);
  const pushes = () => watchers.reduce((sum, watcher) => sum + noticesTo(watcher).length, 0);
  /** All at the same time, like a flood. */
  const join = (caller: Caller, room = 'lobby') =>
    world.app.joinRoom.execute(caller, { action: 'join', room });

  beforeEach(async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    watchers = [];
    for (let n = 0; n < WATCHERS; n += 1) watchers.push(await world.connect(`watcher-${n}`));
    await world.join('lobby', ...watchers);
    world.clock.advance(1_000);
    pushes();
  });

  it('is told within the room’s limit of pushes, and the last notice says when to ask', async () => {
    const mallory = await world.connect('mallory');

    for (let n = 0; n < 50; n += 1) {
      await join(mallory);
      await leave(mallory);
    }

    const notices = noticesTo(watchers[0]);
    expect(notices).toHaveLength(20);
    expect(notices.map(({ askAfterMs }) => askAfterMs)).toEqual([...Array(19).fill(undefined), ASK_AFTER_MS]);
    expect(pushes()).toBe(20 * (WATCHERS - 1));
  });

  it('is told again a second later', async () => {
    const mallory = await world.connect('mallory');
    for (let n = 0; n < 50; n += 1) {
      await join(mallory);
      await leave(mallory);
    }
    noticesTo(watchers[0]);

    world.clock.advance(1_000);
    await join(mallory);

    expect(noticesTo(watchers[0])).toEqual([
      { type: 'presence', room: 'lobby', joined: ['mallory'], left: [], digest: expect.any(Number) },
    ]);
  });

  it('has the same limit when connections end', async () => {
    const crowd: Caller[] = [];
    for (let n = 0; n < 40; n += 1) {
      const one = await world.connect(`crowd-${n}`);
      crowd.push(one);
      await world.join('lobby', one);
    }
    world.clock.advance(1_000);
    pushes();

    for (const { connectionId } of crowd) await world.app.disconnect.execute(connectionId);

    const notices = noticesTo(watchers[0]);
    expect(notices.length).toBeLessThan(20);
    expect(notices.at(-1)).toMatchObject({ askAfterMs: ASK_AFTER_MS });
  });

  it('costs one hello at most 200 pushes and the notice that has begun', async () => {
    const rooms = Array.from({ length: 49 }, (_, n) => `room-${n}`);
    for (const room of rooms) for (const watcher of watchers.slice(0, 7)) await join(watcher, room);
    world.clock.advance(60_000);
    pushes();
    const mallory = await world.connect('mallory');

    const resume = rooms.map((room) => ({ room, epoch: 'x', offset: 0 }));
    await world.app.hello.execute(mallory, { action: 'hello', resume });

    const told = watchers.map((watcher) => noticesTo(watcher).map(({ room }) => room));
    expect(told.flat().length).toBeGreaterThan(200 - 7);
    expect(told.flat().length).toBeLessThan(200 + 7);
    for (const rooms of told.slice(0, 7)) expect(new Set(rooms)).toEqual(new Set(told[0]));
  });

  it('is not counted if no other member is told', async () => {
    const alone = await world.connect('alone');
    for (let n = 0; n < 300; n += 1) await join(alone, 'empty');
    await join(watchers[0] as Caller, 'empty');

    expect(world.received(alone, 'presence')).toEqual([
      { type: 'presence', room: 'empty', joined: ['watcher-0'], left: [], digest: expect.any(Number) },
    ]);
  });
});

describe('presence in a room of more than 100 users', () => {
  it('announces no user as gone who has another device, or as joined who was already there', async () => {
    const world = new InMemoryWorld();
    const [first] = [await world.connect('first')];
    await world.join('lobby', first);
    for (let n = 0; n < 110; n += 1) await world.join('lobby', await world.connect(`user-${n}`));
    const laptop = await world.connect('late', 'laptop=');
    const phone = await world.connect('late', 'phone=');
    await world.join('lobby', laptop);
    world.received(first);

    await world.join('lobby', phone);
    await world.app.leaveRoom.execute(laptop, { action: 'leave', room: 'lobby' });
    await world.join('lobby', laptop);
    await world.app.disconnect.execute(phone.connectionId);

    expect(world.received(first, 'presence')).toEqual([]);
    expect((await world.presence(first, 'lobby')).truncated).toBe(true);
  });
});
