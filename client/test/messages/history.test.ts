import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('A room’s history', () => {
  const world = new ClientWorld();

  const pages = async (history: AsyncGenerator<{ data: unknown }[]>, clock = world.clock) => {
    const all: unknown[][] = [];
    const reading = (async () => {
      for await (const page of history) all.push(page.map(({ data }) => data));
    })();
    await clock.advance(1_000);
    await reading;
    return all;
  };

  it('comes newest page first, each page oldest first, to the end', async () => {
    const { server, member } = world;
    for (const n of numbers(1, 25)) server.publish('lobby', n);
    const { room } = await member('alice');

    expect(await pages(room.history({ limit: 10 }))).toEqual([
      numbers(16, 25),
      numbers(6, 15),
      numbers(1, 5),
    ]);
    expect(server.frames('history')).toHaveLength(3);
  });

  it('begins before a place, if one is given', async () => {
    const { server, member } = world;
    for (const n of numbers(1, 25)) server.publish('lobby', n);
    const { room } = await member('alice');

    const history = room.history({ limit: 10, before: { epoch: 'e1', offset: 12 } });

    expect(await pages(history)).toEqual([numbers(2, 11), [1]]);
  });

  it('has no page if nothing was published', async () => {
    const { member } = world;
    const { room } = await member('alice');

    expect(await pages(room.history())).toEqual([]);
  });

  it('is read only as far as the caller iterates', async () => {
    const { server, member, outcome } = world;
    for (const n of numbers(1, 500)) server.publish('lobby', n);
    const { room } = await member('alice');

    for await (const page of {
      [Symbol.asyncIterator]: () => {
        const history = room.history();
        return { next: () => outcome(history.next()), return: () => history.return() };
      },
    }) {
      expect(page).toHaveLength(50);
      break;
    }

    expect(server.frames('history')).toHaveLength(1);
  });

  it('of the inbox has the messages from before the user ever connected', async () => {
    const { server, connect } = world;
    server.publish('@alice', 'welcome');

    expect(await pages(connect('alice').inbox.history())).toEqual([['welcome']]);
  });
});
