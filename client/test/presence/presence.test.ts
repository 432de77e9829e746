import { describe, expect, it } from '@jest/globals';
import type { Room } from '../../src/room.js';
import { ClientWorld } from '../support/client-world.js';

describe('presence in a busy room', () => {
  const world = new ClientWorld();
  const notice = (joined: string[], left: string[], askAfterMs?: number) =>
    world.server.push('lobby', {
      type: 'presence',
      room: 'lobby',
      joined,
      left,
      ...(askAfterMs !== undefined && { askAfterMs }),
    });
  const asked = () => world.server.frames('presence').length;
  const told = (room: Room): unknown[] => {
    const changes: unknown[] = [];
    room.on('presence', (change) => changes.push(change));
    return changes;
  };

  it('is asked for once, after the named time, and tells the omitted changes', async () => {
    const { member, settle, clock } = world;
    const { room } = await member('alice');
    const changes = told(room);
    await member('bob');
    await member('carol');
    notice(['bob'], [], 5_000);
    await settle();
    expect(changes).toEqual([{ joined: ['bob'], left: [] }]);

    await clock.advance(4_900);
    expect(asked()).toBe(0);
    await clock.advance(200);

    // Each of the three asks; only alice has not been told of carol.
    expect(asked()).toBe(3);
    expect(changes).toEqual([
      { joined: ['bob'], left: [] },
      { joined: ['carol'], left: [] },
    ]);
    await clock.advance(60_000);
    expect(asked()).toBe(3);
  });

  it('is asked for once more if a later notice names a later time, but not once for each', async () => {
    const { member, clock } = world;
    await member('alice');

    for (let n = 0; n < 10; n += 1) {
      notice([`user-${n}`], [], 5_000);
      await clock.advance(100);
    }
    await clock.advance(60_000);

    expect(asked()).toBe(2);
  });

  it('is not asked for in a room that was left, nor once the client is closed', async () => {
    const { member, settle, clock } = world;
    const { room } = await member('alice');
    const other = await member('bob');
    notice(['dave'], [], 5_000);
    await settle();

    const leaving = room.leave();
    await settle();
    await leaving;
    await world.outcome(other.client.close(), 1_000);
    await clock.advance(10_000);

    expect(asked()).toBe(0);
  });
});
