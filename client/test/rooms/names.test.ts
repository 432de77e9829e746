import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

describe('A room', () => {
  const world = new ClientWorld();

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'prototype'])(
    'can be called %s',
    async (name) => {
      const { server, member, settle, clock } = world;
      const { client, seen } = await member('alice', name);
      server.publish(name, 'before');
      await settle();

      server.socket.cut();
      await clock.advance(5_000);
      server.publish(name, 'after');
      await settle();

      expect(seen).toEqual(['before', 'after']);
      expect(client.state).toBe('live');
      expect(Object.keys(client.cursors())).toContain(name);
    },
  );

  it('called constructor continues where an earlier visit ended', async () => {
    const { server, member } = world;
    for (const n of [1, 2]) server.publish('constructor', n);

    const cursors = JSON.parse('{"constructor":{"epoch":"e1","offset":1}}');
    const { seen } = await member('alice', 'constructor', { cursors });

    expect(seen).toEqual([2]);
  });
});
