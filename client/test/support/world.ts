import type { Client } from '../../src/client.js';
import { createClient } from '../../src/create-client.js';
import type { Feed } from '../../src/feed.js';
import type { ClientOptions } from '../../src/options/client-options.js';
import type { Room } from '../../src/room.js';
import { FakeServer } from './fake-server.js';
import { seeded } from './seeded.js';
import { VirtualClock } from './virtual-clock.js';

export const URL_OF_SERVER = 'ws://server.test/dev';

/** A server, a clock and clients of it. */
export const world = () => {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const clients: Client[] = [];

  /** Lets as much time pass as a few frames take. */
  const settle = (ms = 20) => clock.advance(ms);

  const connect = (userId: string, options: ClientOptions = {}): Client => {
    const { WebSocket } = server;
    const random = seeded(clients.length + 1);
    const client = createClient(URL_OF_SERVER, { userId, WebSocket, clock, random, ...options });
    clients.push(client);
    return client;
  };

  /** Writes down what a feed surfaces. */
  const listen = (feed: Pick<Feed, 'on'>) => {
    const seen: unknown[] = [];
    feed.on('message', ({ data }) => seen.push(data));
    feed.on('reset', ({ reason, epoch, offset }) => seen.push({ reason, epoch, offset }));
    return seen;
  };

  /** A client that is in a room, and what it sees there. */
  const member = async (userId: string, name = 'lobby', options: ClientOptions = {}) => {
    const client = connect(userId, options);
    const room: Room = client.room(name);
    const seen = listen(room);
    const joined = room.join();
    await settle();
    await joined;
    return { client, room, seen };
  };

  /** A promise's outcome once time has passed. */
  const outcome = async <T>(promise: Promise<T>, ms = 20): Promise<T> => {
    promise.catch(() => {});
    await clock.advance(ms);
    return Promise.race([promise, Promise.resolve().then(() => Promise.reject(new Error('still pending')))]);
  };

  const close = async () => {
    const closing = Promise.all(clients.map((client) => client.close()));
    await clock.advance(5_000);
    await closing;
  };

  return { clock, server, connect, listen, member, settle, outcome, close };
};
