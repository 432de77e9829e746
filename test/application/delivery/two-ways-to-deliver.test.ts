import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('a publication is delivered', () => {
  const populate = async (world: InMemoryWorld, count: number): Promise<Caller[]> => {
    const members: Caller[] = [];
    for (let n = 0; n < count; n += 1) members.push(await world.connect(`user-${n}`));
    await world.join('lobby', ...members);
    for (const member of members) world.received(member);
    world.clock.advance(5_000);
    return members;
  };
  const publish = (world: InMemoryWorld, member: Caller | undefined, key?: string) =>
    world.publish(member as Caller, 'lobby', 'x', key);

  it('by its publisher, in rooms up to the limit', async () => {
    const world = new InMemoryWorld(3);
    const members = await populate(world, 3);

    expect((await publish(world, members[0])).tally).toEqual({
      delivered: 3,
      gone: 0,
      failed: 0,
      expired: 0,
    });
    expect(world.streamed).toEqual([]);
  });

  it('by the stream’s consumer in larger rooms, and again when its key is repeated', async () => {
    const world = new InMemoryWorld(3);
    const members = await populate(world, 4);

    const { ack, tally } = await publish(world, members[0], 'key');
    expect(tally).toBeUndefined();
    expect(members.flatMap((member) => world.received(member))).toEqual([]);
    expect(world.streamed).toMatchObject([
      { room: 'lobby', epoch: ack.epoch, offset: ack.offset, data: JsonText.of('x') },
    ]);

    await publish(world, members[0], 'key');
    expect(world.streamed).toHaveLength(2);
    expect(world.streamed[0]).toEqual(world.streamed[1]);
  });

  it('by the stream’s consumer in every room if the limit is 0', async () => {
    const world = new InMemoryWorld(0);
    const members = await populate(world, 1);

    await publish(world, members[0]);
    await world.broadcast(members[0] as Caller, 'x');
    await world.send(members[0] as Caller, 'stranger', 'x');

    expect(world.streamed.map(({ room }) => room)).toEqual(['lobby', '*', '@stranger']);
    expect(world.received(members[0] as Caller)).toEqual([]);
  });

  it('by both if the room has grown past twice the limit since it was counted', async () => {
    const world = new InMemoryWorld(2);
    const members = await populate(world, 2);
    await publish(world, members[0]);
    for (let n = 0; n < 3; n += 1) await world.join('lobby', await world.connect(`late-${n}`));
    world.clock.advance(-40_000);

    await publish(world, members[0]);

    expect(world.streamed).toMatchObject([{ offset: 2 }]);
  });

  it('still by its publisher if the room has grown to at most twice the limit', async () => {
    const world = new InMemoryWorld(2);
    const members = await populate(world, 2);
    await publish(world, members[0]);
    for (let n = 0; n < 2; n += 1) await world.join('lobby', await world.connect(`late-${n}`));
    world.clock.advance(-30_000);

    expect((await publish(world, members[0])).tally).toMatchObject({ delivered: 4 });
    expect(world.streamed).toEqual([]);
  });

  it('by both when the second ends before every member was served', async () => {
    const world = new InMemoryWorld();
    const members = await populate(world, 40);
    let tries = 0;
    world.clients.behaviour = () => {
      tries += 1;
      world.clock.advance(tries === 10 ? 1_000 : 0);
      return undefined;
    };

    const { ack, tally } = await publish(world, members[0]);

    expect(tally?.delivered).toBeLessThan(40);
    expect(world.streamed).toMatchObject([{ offset: ack.offset }]);
  });

  it('according to a count that is up to 5 s old', async () => {
    const world = new InMemoryWorld(2);
    const members = await populate(world, 2);
    await publish(world, members[0]);
    await world.join('lobby', await world.connect('late', 'late='));
    world.clock.advance(-10_001);
    world.clock.advance(4_999);
    await publish(world, members[0]);
    expect(world.streamed).toEqual([]);

    world.clock.advance(1);
    await publish(world, members[0]);
    expect(world.streamed).toHaveLength(1);
  });
});
