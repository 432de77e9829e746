import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { crowd, dataOf, watch } from './support/crowd.js';
import { runInMemory } from './support/run-in-memory.js';
import type { Running } from './support/run-switchboard.js';
import { until } from './support/until.js';

const ROOMS = ['constructor', 'toString', 'hasOwnProperty', 'then'];
const USERS = [
  '__proto__',
  'constructor',
  'https://issuer.example/users/42?a=b&c=[d]+{e}',
  "a$&b%00'",
  '~'.repeat(256),
];

describe('Names that mean something elsewhere', () => {
  const { connect, disperse } = crowd();
  let server: Running;
  beforeEach(async () => {
    server = await runInMemory();
  });
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  it('are ordinary for rooms: joined, listened to, resumed and left', async () => {
    const { client, cable } = connect(server.url, { userId: 'alice' });
    const bob = connect(server.url, { userId: 'bob' }).client;
    const rooms = ROOMS.map((name) => ({ name, received: watch(client.room(name)) }));
    for (const { name } of rooms) {
      await client.room(name).join();
      await bob.room(name).join();
      await bob.room(name).publish(`first in ${name}`);
    }
    await until(() => rooms.every(({ received }) => received.messages.length === 1));

    cable.pull();
    for (const { name } of rooms) await bob.room(name).publish(`second in ${name}`);
    cable.plug();
    await until(() => rooms.every(({ received }) => received.messages.length === 2));

    for (const { name, received } of rooms) {
      expect(dataOf(received)).toEqual([`first in ${name}`, `second in ${name}`]);
      const here = (await client.room(name).presence()).map(({ user }) => user);
      expect(here).toEqual(expect.arrayContaining(['alice', 'bob']));
      expect(Object.keys(client.cursors())).toContain(name);
    }
    const kept = JSON.parse(JSON.stringify(client.cursors()));
    const later = connect(server.url, { userId: 'carol', cursors: kept }).client;
    const received = watch(later.room('constructor'));
    await later.room('constructor').join();
    await bob.room('constructor').publish('third');
    await until(() => received.messages.length === 1);
    expect(dataOf(received)).toEqual(['third']);
    for (const { name } of rooms) await client.room(name).leave();
  });

  it('are ordinary for users: who they are, what they send and what they get', async () => {
    const alice = connect(server.url, { userId: 'alice' }).client;
    const inbox = watch(alice.inbox);
    for (const userId of USERS) {
      const { client } = connect(server.url, { userId });
      const mine = watch(client.inbox);
      await until(() => client.state === 'live');

      await client.send('alice', userId);
      await alice.send(userId, `to ${userId}`);
      await until(() => mine.messages.length === 1);

      expect(client.userId).toBe(userId);
      expect(dataOf(mine)).toEqual([`to ${userId}`]);
      expect(Object.keys(client.cursors())).toContain(`@${userId}`);
    }
    await until(() => inbox.messages.length === USERS.length);
    expect(inbox.messages.map(({ from }) => from)).toEqual(USERS);
  });
});
