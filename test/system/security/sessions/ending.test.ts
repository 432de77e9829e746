import { describe, expect, it } from '@jest/globals';
import type { ClientNotifier } from '../../../../src/application/ports/client-notifier.js';
import { InMemoryTokenWorld } from '../support/in-memory-token-world.js';

/** Uses all the time for a frame to one connection, like a client that never reads. */
const slowFor = (connectionId: string, world: () => InMemoryTokenWorld) => (clients: ClientNotifier) => ({
  send: async (id: string, frame: string, deadline: number) => {
    if (id !== connectionId) return clients.send(id, frame, deadline);
    world().clock.advance(deadline - world().clock.now());
    return 'failed' as const;
  },
  close: async (id: string, deadline: number) => {
    if (deadline > world().clock.now()) await clients.close(id, deadline);
  },
  probe: clients.probe.bind(clients),
});

describe('A connection that is to end', () => {
  it('is closed even if it does not read the frame that says why', async () => {
    const world: InMemoryTokenWorld = new InMemoryTokenWorld(
      {},
      slowFor('a=', () => world),
    );
    await world.connect('a=', await world.token('alice'));

    await world.app.disconnectUser.execute('alice');

    expect(await world.clients.probe('a=')).toBe('gone');
  });

  it('does not keep the others of its user alive when it cannot be closed', async () => {
    const broken = (clients: ClientNotifier): ClientNotifier => ({
      send: clients.send.bind(clients),
      probe: clients.probe.bind(clients),
      close: async (id, deadline) => {
        if (id === 'a=') throw new Error('broken');
        await clients.close(id, deadline);
      },
    });
    const world = new InMemoryTokenWorld({}, broken);
    for (const id of ['a=', 'b=', 'c=']) await world.connect(id, await world.token('alice'));

    await expect(world.app.disconnectUser.execute('alice')).rejects.toThrow('broken');

    expect(await world.clients.probe('b=')).toBe('gone');
    expect(await world.clients.probe('c=')).toBe('gone');
  });
});
