import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Members } from '../../../protocol/actions.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { NO_PERMISSIONS } from '../../../src/domain/access/permissions.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { asSent, InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('a member’s state', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  let phone: Caller;
  const set = (caller: Caller, state: unknown, counter: number, room = 'lobby') =>
    world.app.setState.execute(caller, { action: 'state', room, state: JsonText.of(state), counter });
  const join = async (caller: Caller, state?: unknown, counter = 1, room = 'lobby') =>
    asSent(
      await world.app.joinRoom.execute(caller, {
        action: 'join',
        room,
        ...(state !== undefined && { state: JsonText.of(state), counter }),
      }),
    );
  const leave = (caller: Caller, room = 'lobby') =>
    world.app.leaveRoom.execute(caller, { action: 'leave', room });
  const shown = async (caller = alice, room = 'lobby') =>
    (asSent(await world.presence(caller, room)) as Members).states;
  const told = (caller = alice) =>
    world.received(caller, 'presence').map(({ joined, left, states }) => ({ joined, left, states }));
  const only = (...states: object[]) => ({ joined: [], left: [], states });

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    phone = await world.connect('bob', 'phone=');
    await world.join('lobby', alice);
  });

  it('is shown with a join, to present and to later members', async () => {
    expect(await join(bob, { at: 'desk' })).toMatchObject({
      members: ['alice', 'bob'],
      states: [{ user: 'bob', state: { at: 'desk' }, counter: 1 }],
    });

    expect(told()).toEqual([
      { joined: ['bob'], left: [], states: [{ user: 'bob', state: { at: 'desk' }, counter: 1 }] },
    ]);
    expect(await shown()).toEqual([{ user: 'bob', state: { at: 'desk' }, counter: 1 }]);
    expect(told(bob)).toEqual([]);
  });

  it('is told to the others when it changes, but not to its own connection', async () => {
    await world.join('lobby', bob, phone);
    told();

    await set(bob, 'busy', 1);

    for (const other of [alice, phone])
      expect(told(other)).toEqual([only({ user: 'bob', state: 'busy', counter: 1 })]);
    expect(told(bob)).toEqual([]);
    expect(await shown()).toEqual([{ user: 'bob', state: 'busy', counter: 1 }]);
  });

  it('of several devices is the one with the highest counter, then the highest connection id', async () => {
    await world.join('lobby', bob, phone);
    await set(phone, 'on the train', 1);
    await set(bob, 'at the desk', 2);
    told();

    await set(phone, 'late', 1);
    expect(told()).toEqual([]);
    expect(await shown()).toEqual([{ user: 'bob', state: 'at the desk', counter: 2 }]);

    // `phone=` is above `bob=`.
    await set(phone, 'walking', 2);
    expect(told()).toEqual([only({ user: 'bob', state: 'walking', counter: 2 })]);
    expect(await shown()).toEqual([{ user: 'bob', state: 'walking', counter: 2 }]);
  });

  it('stays the newest when an older frame of the same connection is handled later', async () => {
    await world.join('lobby', bob);
    await set(bob, 'second', 2);
    told();

    await set(bob, 'first', 1);

    expect(told()).toEqual([]);
    expect(await shown()).toEqual([{ user: 'bob', state: 'second', counter: 2 }]);
  });

  it('is told again when it is repeated, as after a lost answer', async () => {
    await world.join('lobby', bob);
    await set(bob, 'here', 1);
    told();

    await set(bob, 'here', 1);

    expect(told()).toEqual([only({ user: 'bob', state: 'here', counter: 1 })]);
  });

  it('becomes the older device’s when the newer one leaves, or none without another device', async () => {
    const tablet = await world.connect('bob', 'tablet=');
    await world.join('lobby', bob, phone, tablet);
    await set(bob, 'at the desk', 1);
    await set(phone, 'on the train', 2);
    expect(await shown()).toEqual([{ user: 'bob', state: 'on the train', counter: 2 }]);
    told();

    await leave(phone);
    expect(told()).toEqual([only({ user: 'bob', state: 'at the desk', counter: 1, replaces: 2 })]);
    expect(await shown()).toEqual([{ user: 'bob', state: 'at the desk', counter: 1 }]);

    await world.app.disconnect.execute('bob=');
    expect(told()).toEqual([only({ user: 'bob', state: null, counter: 0, replaces: 1 })]);
    expect(await shown()).toBeUndefined();

    await leave(tablet);
    expect(told()).toEqual([{ joined: [], left: ['bob'], states: undefined }]);
  });

  it('does not change when the older device leaves, or when a reconnected one has set the same', async () => {
    await world.join('lobby', bob, phone);
    await set(bob, 'at the desk', 1);
    await set(phone, 'on the train', 2);
    await leave(bob);
    const again = await world.connect('bob', 'again=');
    await join(again, 'on the train', 2);
    told();

    await leave(phone);

    expect(told()).toEqual([]);
    expect(await shown()).toEqual([{ user: 'bob', state: 'on the train', counter: 2 }]);
  });

  it('ends with the membership', async () => {
    await join(bob, 'here', 7);
    await leave(bob);
    await world.join('lobby', bob);
    expect(await shown()).toBeUndefined();

    expect(await set(bob, 'back', 1)).toMatchObject({ room: 'lobby' });
    expect(await shown()).toEqual([{ user: 'bob', state: 'back', counter: 1 }]);
  });

  it('cannot be seen or set without the permission `presence`', async () => {
    const blind = { ...phone, userId: 'blind', granted: { ...NO_PERMISSIONS, join: ['*'] } };
    await world.app.connect.execute({ ...blind, connectionId: 'blind=' });
    world.clients.open('blind=');
    const caller = { ...blind, connectionId: 'blind=' };
    await join(bob, 'secret');

    const joined = await join(caller);
    expect(joined).toMatchObject({ members: [], truncated: true });
    expect(joined).not.toHaveProperty('states');
    await set(bob, 'another secret', 2);

    expect(world.received(caller)).toEqual([]);
    await expect(set(caller, 'spam', 1)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(join(caller, 'spam')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(world.presence(caller, 'lobby')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is only for members', async () => {
    await expect(set(bob, 'here', 1)).rejects.toMatchObject({ code: 'not_a_member' });
    await expect(set(bob, 'here', 1, 'nowhere')).rejects.toMatchObject({ code: 'not_a_member' });
    expect(told()).toEqual([]);
  });

  it('is neither kept nor shown in a room of more than 100 users', async () => {
    await set(alice, 'here', 1);
    for (let n = 0; n < 100; n += 1) await world.join('lobby', await world.connect(`user-${n}`));
    told();

    expect(await join(bob, 'hello')).not.toHaveProperty('states');
    await expect(set(alice, 'still here', 2)).rejects.toMatchObject({ code: 'room_too_large' });
    expect(await shown()).toBeUndefined();
    expect(told()).toEqual([]);

    for (let n = 0; n < 10; n += 1) await leave(world.caller(`user-${n}`));
    expect(await shown()).toEqual([{ user: 'alice', state: 'here', counter: 1 }]);
  });

  it('counts as a notice of the room’s budget', async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    const watchers: Caller[] = [];
    for (let n = 0; n < 10; n += 1) watchers.push(await world.connect(`watcher-${n}`));
    await world.join('lobby', ...watchers);
    const [first, second] = watchers as [Caller, Caller];
    world.clock.advance(10_000);
    world.received(first);

    for (let counter = 1; counter <= 50; counter += 1) await set(second, counter, counter);

    const notices = world.received(first, 'presence');
    expect(notices.length).toBeLessThan(25);
    expect(notices.at(-1)).toHaveProperty('askAfterMs');
  });
});
