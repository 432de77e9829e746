import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Members } from '../../../protocol/actions.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { asSent, InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('a state that meets another frame of its connection', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  const set = (caller: Caller, state: unknown, counter: number) =>
    world.app.setState.execute(caller, {
      action: 'state',
      room: 'lobby',
      state: JsonText.of(state),
      counter,
    });

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    await world.join('lobby', alice);
  });

  it('changes nothing if the other had the same counter', async () => {
    await world.join('lobby', bob);
    await set(bob, 'first', 1);
    world.received(alice);

    await set(bob, 'second', 1);

    expect(world.received(alice)).toEqual([]);
    const { states } = asSent(await world.presence(alice, 'lobby')) as Members;
    expect(states).toEqual([{ user: 'bob', state: 'first', counter: 1 }]);
  });

  it('is kept, or refused to a stranger, while the join is under way', async () => {
    const outcomes = new Set<unknown>();
    for (let steps = 0; steps < 40; steps += 1) {
      const device = await world.connect('carol', `carol-${steps}=`);
      const joining = world.join('lobby', device);
      for (let step = 0; step < steps; step += 1) await undefined;
      outcomes.add(
        await set(device, 'here', 1).then(
          ({ room }) => room,
          ({ code }) => code,
        ),
      );
      await joining;
      await world.app.leaveRoom.execute(device, { action: 'leave', room: 'lobby' });
    }

    expect([...outcomes].toSorted()).toEqual(['lobby', 'not_a_member']);
  });
});
