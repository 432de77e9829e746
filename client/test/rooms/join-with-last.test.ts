import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('A join that begins with the newest messages', () => {
  const world = new ClientWorld();

  const publish = (from: number, to: number) => {
    for (const n of numbers(from, to)) world.server.publish('lobby', n);
  };

  it('delivers old and new messages in one order, each once', async () => {
    const { connect, listen, outcome, settle } = world;
    publish(1, 80);
    const room = connect('alice').room('lobby');
    const seen = listen(room);

    const joined = await outcome(room.join({ last: 50 }));
    publish(81, 83);
    await settle();

    expect(seen).toEqual(numbers(31, 83));
    expect(joined).toMatchObject({ offset: 80, members: ['alice'] });
  });

  it('holds messages that arrive before its answer until their turn', async () => {
    const { server, connect, listen, settle } = world;
    publish(1, 3);
    const room = connect('alice').room('lobby');
    const seen = listen(room);
    await settle();
    server.latencyMs = () => 50;
    server.delivers = () => true;

    void room.join({ last: 2 });
    await world.clock.advance(60);
    server.latencyMs = () => 1;
    publish(4, 5);
    await world.clock.advance(200);

    expect(seen).toEqual([2, 3, 4, 5]);
  });

  it('reads further pages if one is not enough', async () => {
    const { server, connect, listen, outcome } = world;
    server.pageSize = 7;
    publish(1, 40);
    const room = connect('alice').room('lobby');
    const seen = listen(room);

    await outcome(room.join({ last: 30 }), 500);

    expect(seen).toEqual(numbers(11, 40));
  });

  it('begins anew if the answer was lost', async () => {
    const { server, connect, listen, outcome } = world;
    publish(1, 5);
    const room = connect('alice').room('lobby');
    const seen = listen(room);
    let losses = 1;
    server.answer = (frame, socket) => {
      if (frame.action !== 'join' || losses-- <= 0) return undefined;
      socket.cut();
      return null;
    };

    await outcome(room.join({ last: 2 }), 5_000);

    expect(seen).toEqual([4, 5]);
    expect(server.frames('join')).toMatchObject([{ last: 2 }, { last: 2 }]);
  });

  it('later continues from its own position', async () => {
    const { server, connect, listen, outcome, clock } = world;
    publish(1, 5);
    const room = connect('alice').room('lobby');
    const seen = listen(room);
    await outcome(room.join({ last: 2 }));

    server.socket.cut();
    publish(6, 7);
    await clock.advance(5_000);
    await outcome(room.join({ last: 2 }));

    expect(seen).toEqual([4, 5, 6, 7]);
    expect(server.frames('join').map(({ last }) => last)).toEqual([2, undefined]);
  });

  it('continues from a stored cursor', async () => {
    const { connect, listen, outcome } = world;
    publish(1, 5);
    const room = connect('alice', { cursors: { lobby: { epoch: 'e1', offset: 1 } } }).room('lobby');
    const seen = listen(room);

    await outcome(room.join({ last: 2 }));

    expect(seen).toEqual([2, 3, 4, 5]);
  });
});
