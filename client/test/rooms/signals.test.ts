import { describe, expect, it } from '@jest/globals';
import type { Feed, Signal } from '../../src/feed.js';
import { ClientWorld } from '../support/client-world.js';

describe('A signal', () => {
  const world = new ClientWorld();
  const listen = (feed: Pick<Feed, 'on'>): Signal[] => {
    const received: Signal[] = [];
    feed.on('signal', (signal) => received.push(signal));
    return received;
  };
  const dataOf = (received: readonly Signal[]) => received.map(({ data }) => data);

  it('reaches the members of its room, or a user, with who sent it', async () => {
    const { member, settle } = world;
    const alice = await member('alice');
    const bob = await member('bob');
    const [lobby, inbox, own] = [listen(bob.room), listen(bob.client.inbox), listen(alice.room)];

    alice.room.signal({ typing: true });
    alice.client.signal('bob', 'psst');
    await settle();

    expect(lobby).toEqual([
      { room: 'lobby', from: 'alice', tag: expect.any(String), data: { typing: true } },
    ]);
    expect(inbox).toMatchObject([{ room: '@bob', from: 'alice', data: 'psst' }]);
    expect(own).toEqual([]);
  });

  it('that is older than the last shown one is dropped, for each sender', async () => {
    const { server, member, settle } = world;
    const { room } = await member('alice');
    const received = listen(room);
    const push = (tag: string, number: number, from = 'bob') =>
      server.push('lobby', {
        type: 'signal',
        room: 'lobby',
        from,
        tag,
        number,
        data: `${tag}${number}`,
      });

    for (const number of [1, 3, 2, 3, 4]) push('a', number);
    push('b', 1);
    for (const number of [2, 1, 3]) push('a', number, '$billing');
    await settle();

    expect(dataOf(received)).toEqual(['a1', 'a3', 'a4', 'b1', 'a2', 'a3']);
    expect(received.map(({ from }) => from)).toEqual([...Array(4).fill('bob'), '$billing', '$billing']);
  });

  it('with `latest` is sent five times a second after the first ten, and the newest in the end', async () => {
    const { server, member, clock } = world;
    const { room } = await member('alice');

    for (let n = 1; n <= 90; n += 1) {
      room.signal(n, { latest: 'cursor' });
      await clock.advance(33);
    }
    await clock.advance(1_000);

    const sent = server.frames('signal');
    expect(sent.length).toBeGreaterThanOrEqual(22);
    // Half of what a connection may send: 20 at once, and 10 a second.
    expect(sent.length).toBeLessThanOrEqual(10 + 3 * 5 + 1);
    expect(sent.at(-1)).toMatchObject({ data: 90, room: 'lobby' });
    expect(new Set(sent.map(({ tag }) => tag)).size).toBe(1);
    const numbers = sent.map(({ number }) => Number(number));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('of another stream has its own tag, so that neither drops the other', async () => {
    const { server, member } = world;
    const { room } = await member('alice');

    room.signal('typing');
    room.signal({ x: 1 }, { latest: 'cursor' });
    room.signal('still typing');

    const [a, b, c] = server.frames('signal').map(({ tag }) => tag);
    expect(a).toBe(c);
    expect(a).not.toBe(b);
  });

  it('beyond the limit is lost, unless it is the latest', async () => {
    const { server, member, settle } = world;
    const { room } = await member('alice');

    for (let n = 0; n < 100; n += 1) room.signal(n);
    room.signal('newest', { latest: 'cursor' });
    await settle(10_000);

    expect(server.frames('signal').map(({ data }) => data)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'newest']);
  });

  it('is lost without a connection or membership, and throws for invalid data', async () => {
    const { server, member, connect, settle } = world;
    const { client, room } = await member('alice');
    client.room('other').signal('unheard');
    connect('bob').signal('alice', 'too early');

    expect(() => room.signal(new Map())).toThrow(expect.objectContaining({ code: 'invalid_message' }));
    expect(() => client.signal('a b', 1)).toThrow(expect.objectContaining({ code: 'invalid_user' }));
    server.socket.cut();
    await settle(2);
    room.signal('no connection');
    await settle(5_000);

    expect(server.frames('signal')).toEqual([]);
  });

  it.each([1n, 5, {}, Symbol('cursor')])(
    'with `latest` of %p throws at once, with the option’s name',
    async (latest) => {
      const { client, room } = await world.member('alice');
      const wrong = expect.objectContaining({ code: 'invalid_option', message: 'Wrong option `latest`' });

      expect(() => room.signal(1, { latest } as never)).toThrow(wrong);
      expect(() => client.signal('bob', 1, { latest } as never)).toThrow(wrong);
      expect(world.server.frames('signal')).toEqual([]);
    },
  );

  it('that is rate-limited waits as long as it is told', async () => {
    const { server, member, clock } = world;
    const { client, room } = await member('alice', 'lobby', { random: () => 0.5 });
    let refusals = 1;
    server.answer = ({ action }) =>
      action === 'signal' && refusals-- > 0
        ? {
            type: 'error',
            id: null as never,
            code: 'rate_limited',
            message: '',
            retryable: true,
            retryAfterMs: 2_000,
          }
        : undefined;

    room.signal(1, { latest: 'cursor' });
    await clock.advance(100);
    room.signal(2, { latest: 'cursor' });
    await clock.advance(1_800);
    expect(server.frames('signal')).toHaveLength(1);
    await clock.advance(1_000);

    expect(server.frames('signal').map(({ data }) => data)).toEqual([1, 2]);
    expect(client.state).toBe('live');
  });

  it.each(['session_unknown', 'not_a_member'])(
    'that is refused with %s makes the client join its rooms again',
    async (code) => {
      const { server, member, clock } = world;
      const { client, room } = await member('alice');
      const refusal = { type: 'error', code, message: '', retryable: false };
      server.answer = ({ action }) => (action === 'signal' ? refusal : undefined);

      server.socket.rooms.delete('lobby');
      room.signal('typing');
      await clock.advance(2_000);

      expect(server.members('lobby')).toEqual(['alice']);
      expect(client.state).toBe('live');
    },
  );

  it('that waits for its turn is not sent to a room that was left meanwhile', async () => {
    const { server, member, settle } = world;
    const { room } = await member('alice');
    for (let n = 0; n < 20; n += 1) room.signal(n, { latest: 'cursor' });
    void room.leave();
    await settle(5_000);

    expect(server.frames('signal')).toHaveLength(10);
  });
});
