import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { Client } from '../../../../client/src/client.js';
import { createClient } from '../../../../client/src/create-client.js';
import { ServerWorld } from '../support/server-world.js';

const CLIENTS = 9;
const MESSAGES = 30;

describe('Messages that pieces push', () => {
  let world: ServerWorld;
  let clients: Client[];
  /** The actions of all frames that the clients sent. */
  let sent: string[];
  /** For each socket, the offsets of each room in the order in which they came. */
  let arrived: Map<string, number[]>[];

  beforeEach(async () => {
    sent = [];
    arrived = [];
    class Recording extends WebSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols);
        const offsets = new Map<string, number[]>();
        arrived.push(offsets);
        this.on('message', (frame) => {
          const { type, room, offset, items = [{ offset }] } = JSON.parse(String(frame));
          if (type !== 'message' && type !== 'messages') return;
          offsets.set(room, [
            ...(offsets.get(room) ?? []),
            ...items.map((item: { offset: number }) => item.offset),
          ]);
        });
      }
      override send(text: never): void {
        sent.push(String((JSON.parse(text) as { action: string }).action));
        super.send(text);
      }
    }
    world = await ServerWorld.start({ inlineLimit: 0, pieceMembers: 2 });
    // Each push needs a second try, so a later push could overtake it.
    const pushes = new Map<string, number>();
    world.gateway.faults.callback = ({ connectionId }) => {
      const count = (pushes.get(connectionId) ?? 0) + 1;
      pushes.set(connectionId, count);
      return count % 2 === 1 ? { answer: 503 } : undefined;
    };
    const options = { WebSocket: Recording as never };
    clients = Array.from({ length: CLIENTS }, (_, n) =>
      createClient(world.gateway.url, { ...options, userId: `user${n}` }),
    );
    await Promise.all(clients.map((client) => client.ready()));
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await world.end();
  });

  it.each(['a room', '*'])(
    'of %s reach each client once, in order, without one asking for history',
    async (place) => {
      const feeds = clients.map((client) => (place === '*' ? client.everyone : client.room('lobby')));
      const seen = feeds.map((): number[] => []);
      const complete = feeds.map(
        (feed, n) =>
          new Promise<void>((resolve) => {
            feed.on('message', ({ offset }) => {
              if (seen[n]?.push(offset) === MESSAGES) resolve();
            });
          }),
      );
      if (place !== '*') await Promise.all(clients.map((client) => client.room('lobby').join()));

      const publish = (client: Client, data: number) =>
        place === '*' ? client.broadcast(data) : client.room('lobby').publish(data);
      await Promise.all(
        Array.from({ length: MESSAGES }, (_, n) => publish(clients[n % CLIENTS] as Client, n)),
      );
      await Promise.all(complete);

      const inOrder = Array.from({ length: MESSAGES }, (_, n) => n + 1);
      for (const offsets of seen) expect(offsets).toEqual(inOrder);
      const room = place === '*' ? '*' : 'lobby';
      for (const offsets of arrived) expect(offsets.get(room)).toEqual(inOrder);
      expect(sent.filter((action) => action === 'history' || action === 'ping')).toEqual([]);
      expect(world.usage.gateway.invocations.get('pieces')?.count).toBeGreaterThan(1);
    },
  );
});
