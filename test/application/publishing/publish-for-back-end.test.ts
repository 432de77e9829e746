import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BackEndPublication } from '../../../src/application/publishing/publish-for-back-end.js';
import { ClientError } from '../../../src/domain/client-error.js';
import { FrameTime } from '../../../src/domain/frame-time.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

const message = (room: string, data: unknown, key?: string): BackEndPublication => ({
  room,
  from: '$billing',
  data: JsonText.of(data),
  key,
  requestId: 'request',
  time: new FrameTime(),
});

describe('a publication of a back end', () => {
  let world: InMemoryWorld;
  const publish = (...messages: BackEndPublication[]) => world.app.publishForBackEnd.execute(messages);

  beforeEach(() => {
    world = new InMemoryWorld();
  });

  it('reaches rooms that it is not in, inboxes, and every open connection', async () => {
    const alice = await world.connect('alice');
    await world.join('lobby', alice);

    const outcomes = await publish(message('lobby', 1), message('@alice', 2), message('*', 3));

    expect(outcomes).toMatchObject(
      ['lobby', '@alice', '*'].map((room) => ({
        published: { ack: { room, offset: 1 }, tally: { delivered: 1 } },
      })),
    );
    expect(
      world
        .received(alice, 'message')
        .map(({ from, data }) => [from, data])
        .sort(),
    ).toEqual([
      ['$billing', 1],
      ['$billing', 2],
      ['$billing', 3],
    ]);
  });

  it('keeps the order of the list within a room, and has its result in the same place', async () => {
    const alice = await world.connect('alice');
    await world.join('a', alice);
    await world.join('b', alice);
    const rooms = Array.from({ length: 40 }, (_, n) => (n % 3 === 0 ? 'a' : 'b'));

    const outcomes = await publish(...rooms.map((room, n) => message(room, n)));

    expect(outcomes.map((it) => 'published' in it && it.published.ack.room)).toEqual(rooms);
    for (const room of ['a', 'b']) {
      const numbers = rooms.flatMap((its, n) => (its === room ? [n] : []));
      const { items } = await world.history(alice, room, { limit: 100 });
      expect(items.map(({ data }) => data)).toEqual(numbers);
    }
  });

  it('is published once for each sender and key, and its repeat says so', async () => {
    const [first] = await publish(message('lobby', 1, 'k'));
    const [again] = await publish(message('lobby', 1, 'k'));
    const [other] = await publish({ ...message('lobby', 1, 'k'), from: '$shipping' });

    expect(first).toMatchObject({ published: { ack: { offset: 1 } } });
    expect(again).toMatchObject({ published: { ack: { offset: 1, repeated: true } } });
    expect(other).toMatchObject({ published: { ack: { offset: 2 } } });
  });

  it('continues after an invalid message', async () => {
    await publish(message('lobby', 'other', 'k'));

    const outcomes = await publish(message('lobby', 1), message('lobby', 2, 'k'), message('lobby', 3));

    expect(outcomes).toMatchObject([
      { published: { ack: { offset: 2 } } },
      { error: { code: 'idempotency_conflict' } },
      { published: { ack: { offset: 3 } } },
    ]);
  });

  it('stops in a room at a retryable failure, to keep the order, but not in other rooms', async () => {
    const late = message('lobby', 2);
    late.time?.end();

    const outcomes = await publish(message('lobby', 1), late, message('lobby', 3), message('garden', 4));

    expect(outcomes).toMatchObject([
      { published: { ack: { offset: 1 } } },
      { error: { code: 'timeout' } },
      { error: { code: 'timeout' } },
      { published: { ack: { room: 'garden', offset: 1 } } },
    ]);
    expect(await publish(message('lobby', 2))).toMatchObject([{ published: { ack: { offset: 2 } } }]);
  });

  it('counts against the limit of its room', async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    const outcomes = await publish(...Array.from({ length: 101 }, (_, n) => message('lobby', n)));

    const [last] = outcomes.slice(-1);
    expect(outcomes.filter((it) => 'published' in it)).toHaveLength(100);
    expect(last).toEqual({ error: expect.any(ClientError) });
    expect(last).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: expect.any(Number) } });
  });

  it('is handed to the stream if the room is large', async () => {
    world = new InMemoryWorld(1);
    for (const name of ['alice', 'bob']) await world.join('lobby', await world.connect(name));

    expect(await publish(message('lobby', 1))).toMatchObject([{ published: { queued: true } }]);
    expect(world.streamed).toMatchObject([{ room: 'lobby', from: '$billing', offset: 1 }]);
  });
});
