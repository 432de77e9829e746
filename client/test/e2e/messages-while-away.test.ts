import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { crowd, dataOf, numbers, offsetsOf, watch } from './support/crowd.js';
import { type Running, runSwitchboard } from './support/run-switchboard.js';
import { until } from './support/until.js';

describe('Without a room', () => {
  const { connect, disperse } = crowd();
  let server: Running;
  beforeEach(async () => {
    server = await runSwitchboard();
  });
  afterEach(async () => {
    await disperse();
    await server.stop();
  });

  const arrive = async (userId?: string, options = {}) => {
    const { client, cable } = connect(server.url, { ...(userId !== undefined && { userId }), ...options });
    const inbox = watch(client.inbox);
    const everyone = watch(client.everyone);
    await until(() => client.state === 'live');
    return { client, cable, inbox, everyone };
  };

  it('a user gets the messages that were sent and broadcast while they were away', async () => {
    const alice = await arrive('alice');
    const bob = await arrive('bob');
    await bob.client.send('alice', 'psst 1');
    await until(() => alice.inbox.messages.length === 1);

    alice.cable.pull();
    for (const n of numbers(5, 2)) await bob.client.send('alice', `psst ${n}`);
    await bob.client.broadcast('maintenance at ten');
    alice.cable.plug();
    await until(() => alice.everyone.messages.length === 1 && alice.inbox.messages.length === 6);

    expect(dataOf(alice.inbox)).toEqual(numbers(6).map((n) => `psst ${n}`));
    expect(alice.inbox.messages.map(({ from }) => from)).toEqual(Array(6).fill('bob'));
    expect(dataOf(alice.everyone)).toEqual(['maintenance at ten']);
    expect(dataOf(bob.everyone)).toEqual(['maintenance at ten']);
    expect(dataOf(bob.inbox)).toEqual([]);
  });

  it('a user gets the messages that were sent while their page was closed, with its cursors', async () => {
    const bob = await arrive('bob');
    const first = await arrive('alice');
    await bob.client.send('alice', 'seen');
    await until(() => first.inbox.messages.length === 1);
    const cursors = JSON.parse(JSON.stringify(first.client.cursors()));
    await first.client.close();

    for (const n of numbers(3)) await bob.client.send('alice', n);
    const second = await arrive('alice', { cursors });
    await until(() => second.inbox.messages.length === 3);

    expect(dataOf(second.inbox)).toEqual([1, 2, 3]);
    expect(offsetsOf(second.inbox)).toEqual([2, 3, 4]);
    expect(second.inbox.resets).toEqual([]);
  });

  it('messages to a user who never connected are in the history of their inbox', async () => {
    const bob = await arrive('bob');
    await bob.client.send('carol', 'welcome');

    const carol = await arrive('carol');
    const pages = [];
    for await (const page of carol.client.inbox.history()) pages.push(page.map(({ data }) => data));

    expect(pages).toEqual([['welcome']]);
  });

  it('a guest keeps the name that the server chose, and their inbox, across reconnects', async () => {
    const guest = await arrive();
    const name = guest.client.userId ?? '';
    const bob = await arrive('bob');
    expect(name).toMatch(/^guest-/);

    guest.cable.pull();
    await bob.client.send(name, 'are you there?');
    guest.cable.plug();
    await until(() => guest.inbox.messages.length === 1);

    expect(guest.client.userId).toBe(name);
    expect(guest.client.inbox.name).toBe(`@${name}`);
    expect(dataOf(guest.inbox)).toEqual(['are you there?']);
  });
});
