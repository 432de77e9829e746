import { afterEach, beforeEach } from '@jest/globals';
import type { Client } from '../../src/client.js';
import { createClient } from '../../src/create-client.js';
import type { Feed } from '../../src/feed.js';
import type { ClientOptions } from '../../src/options/client-options.js';
import type { Room } from '../../src/room.js';
import { FakeServer } from './fake-server.js';
import { seeded } from './seeded.js';
import { TimerClock } from './timer-clock.js';

export const URL_OF_SERVER = 'ws://server.test/dev';

/** A server, a clock and clients of it: new ones for each test of the suite that makes a world. */
export class ClientWorld {
  clock!: TimerClock;
  server!: FakeServer;
  #clients: Client[] = [];

  constructor() {
    beforeEach(() => {
      this.clock = new TimerClock();
      this.server = new FakeServer(this.clock);
      this.#clients = [];
    });
    afterEach(() => this.close());
  }

  /** Lets as much time pass as a few frames take. */
  readonly settle = (ms = 20) => this.clock.advance(ms);

  readonly connect = (userId: string, options: ClientOptions = {}): Client => {
    const { clock, server } = this;
    const random = seeded(this.#clients.length + 1);
    const client = createClient(URL_OF_SERVER, {
      userId: userId || undefined,
      WebSocket: server.WebSocket,
      fetch: server.fetch,
      clock,
      random,
      ...options,
    });
    this.#clients.push(client);
    return client;
  };

  /** Writes down what a feed surfaces. */
  readonly listen = (feed: Pick<Feed, 'on'>): unknown[] => {
    const seen: unknown[] = [];
    feed.on('message', ({ data }) => seen.push(data));
    feed.on('reset', ({ reason, epoch, offset }) => seen.push({ reason, epoch, offset }));
    return seen;
  };

  /** A client that is in a room, and what it sees there. */
  readonly member = async (userId: string, name = 'lobby', options: ClientOptions = {}) => {
    const client = this.connect(userId, options);
    const room: Room = client.room(name);
    const seen = this.listen(room);
    const joined = room.join();
    await this.settle();
    await joined;
    return { client, room, seen };
  };

  /** A promise's outcome once time has passed. */
  readonly outcome = async <T>(promise: Promise<T>, ms = 20): Promise<T> => {
    promise.catch(() => {});
    await this.clock.advance(ms);
    return Promise.race([promise, Promise.resolve().then(() => Promise.reject(new Error('still pending')))]);
  };

  readonly close = async (): Promise<void> => {
    const closing = Promise.all(this.#clients.map((client) => client.close()));
    await this.clock.advance(5_000);
    await closing;
  };
}
