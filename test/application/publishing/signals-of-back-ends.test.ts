import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BackEndPublication,
  PublishForBackEnd,
} from '../../../src/application/publishing/publish-for-back-end.js';
import type { BackEndSignal } from '../../../src/application/signals/signal-for-back-end.js';
import { FrameTime } from '../../../src/domain/frame-time.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

const publication = (room: string, data: unknown): BackEndPublication => ({
  room,
  from: '$billing',
  data: JsonText.of(data),
  requestId: 'request',
  time: new FrameTime(),
});

const signal = (room: string, data: unknown = 'soon', place?: BackEndSignal['place']): BackEndSignal => ({
  room,
  from: '$billing',
  data: JsonText.of(data),
  place,
  time: new FrameTime(),
});

describe('a signal of a back end', () => {
  let world: InMemoryWorld;
  const send = (...messages: (BackEndPublication | BackEndSignal)[]) =>
    world.app.publishForBackEnd.execute(messages);
  const fill = async (room: string, members: number) => {
    for (let n = 0; n < members; n += 1) await world.join(room, await world.connect(`user${n}`));
  };

  beforeEach(() => {
    world = new InMemoryWorld();
  });

  it('reaches the members of a room, or every device of a user, and is not kept', async () => {
    const [alice, phone] = [await world.connect('alice'), await world.connect('alice', 'phone=')];
    await world.join('lobby', alice);
    for (const caller of [alice, phone]) world.received(caller);

    const outcomes = await send(signal('lobby', { x: 1 }, { tag: 'job', number: 7 }), signal('@alice'));

    expect(outcomes).toMatchObject([
      { signalled: { tally: { delivered: 1 } } },
      { signalled: { tally: { delivered: 2 } } },
    ]);
    const pushed = { type: 'signal', room: '@alice', from: '$billing', data: 'soon' };
    expect(world.received(alice)).toMatchObject([
      { type: 'signal', room: 'lobby', from: '$billing', tag: 'job', number: 7, data: { x: 1 } },
      pushed,
    ]);
    expect(world.received(phone)).toMatchObject([pushed]);
    expect(await world.history(alice, 'lobby')).toMatchObject({ offset: 0, items: [] });
    expect(world.streamed).toEqual([]);
  });

  it('without a tag is a stream of its own, so that none hides another', async () => {
    const alice = await world.connect('alice');

    await send(signal('@alice'), signal('@alice'));

    const tags = world.received(alice, 'signal').map(({ tag }) => tag);
    expect(new Set(tags).size).toBe(2);
    for (const tag of tags) expect(tag).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });

  it('forgets a member who is gone', async () => {
    const [alice, bob] = [await world.connect('alice'), await world.connect('bob')];
    await world.join('lobby', alice, bob);
    await world.clients.close(bob.connectionId);

    expect(await send(signal('lobby'))).toMatchObject([{ signalled: { tally: { delivered: 1, gone: 1 } } }]);
    expect(await world.presence(alice, 'lobby')).toMatchObject({ members: ['alice'] });
  });

  it('is refused in a room of more than the inline limit, and pushes nothing to an empty one', async () => {
    await fill('large', 101);

    expect(await send(signal('large'), signal('empty'))).toMatchObject([
      { error: { code: 'room_too_large' } },
      { signalled: {} },
    ]);
  });

  it('counts against the same limit of its room as the signals of clients', async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    const alice = await world.connect('alice');
    await world.join('lobby', alice);
    await fill('lobby', 9);

    // 500 deliveries a second, by ten receivers.
    const outcomes = await send(...Array.from({ length: 51 }, () => signal('lobby')));
    const ofAlice = { action: 'signal', room: 'lobby', tag: 't', number: 1, data: JsonText.of(1) } as const;

    expect(outcomes.filter((it) => 'signalled' in it)).toHaveLength(50);
    expect(outcomes.at(-1)).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 20 } });
    await expect(world.app.sendSignal.execute(alice, ofAlice)).rejects.toMatchObject({
      code: 'rate_limited',
    });
  });

  it('goes out in the order of its list, beside publications', async () => {
    const alice = await world.connect('alice');
    await world.join('lobby', alice);
    world.received(alice);

    const outcomes = await send(
      signal('lobby', 1),
      publication('lobby', 2),
      publication('lobby', 3),
      signal('lobby', 4),
      publication('lobby', 5),
    );

    expect(world.received(alice).map(({ type, data }) => [type, data])).toEqual([
      ['signal', 1],
      ['message', 2],
      ['message', 3],
      ['signal', 4],
      ['message', 5],
    ]);
    expect(outcomes.map((outcome) => Object.keys(outcome)[0])).toEqual([
      'signalled',
      'published',
      'published',
      'signalled',
      'published',
    ]);
  });

  it('stops nothing when it is refused, and is not sent after a publication that has to be repeated', async () => {
    const alice = await world.connect('alice');
    await world.join('lobby', alice);
    world.received(alice);
    const [lateSignal, late] = [signal('lobby', 1), publication('lobby', 3)];
    for (const { time } of [lateSignal, late]) time?.end();

    const outcomes = await send(lateSignal, publication('lobby', 2), late, signal('lobby', 4));

    expect(outcomes).toMatchObject([
      { error: { code: 'timeout' } },
      { published: { ack: { offset: 1 } } },
      { error: { code: 'timeout' } },
      { error: { code: 'timeout' } },
    ]);
    expect(world.received(alice).map(({ data }) => data)).toEqual([2]);
  });

  it.each([
    ['signal', signal('lobby')],
    ['publication', publication('lobby', 1)],
  ])('is `timeout` if a read was stopped, like a publication: a %s', async (_, message) => {
    const stopped = async () => {
      message.time?.end();
      throw new DOMException('The read was stopped.', 'AbortError');
    };
    const useCase = new PublishForBackEnd({ lookAhead: stopped } as never, { execute: stopped } as never);

    expect(await useCase.execute([message])).toMatchObject([{ error: { code: 'timeout' } }]);
  });
});
