import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DynamoDBProxy } from '../../../support/servers/dynamodb-proxy.js';
import { RealSleepClock } from '../../../support/time/real-sleep-clock.js';
import { Client } from '../../e2e/support/client.js';
import { ServerWorld, type WorldOptions } from '../../e2e/support/server-world.js';
import { Tables } from '../../e2e/support/tables.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const codesOf = (client: Client, code: string) => client.replies.filter((reply) => reply.code === code);
const acksOf = (client: Client) => client.replies.filter(({ type }) => type === 'ack');

describe('A flood', () => {
  let world: ServerWorld;
  /** Stands still, so that the number of admitted frames does not depend on the machine's speed. */
  let clock: RealSleepClock;
  const start = async (env: Record<string, string> = {}, gateway: WorldOptions['gateway'] = {}) => {
    world = await ServerWorld.start({ store: 'memory', env: { RATE_LIMIT: 'on', ...env }, gateway, clock });
  };

  beforeEach(() => {
    clock = new RealSleepClock(Date.now());
  });
  afterEach(() => world.end());

  it('of frames ends its own connection, and a well-behaved neighbour notices nothing', async () => {
    await start();
    const [flood, alice, bob] = [
      await world.connect('mallory'),
      await world.connect('alice'),
      await world.connect('bob'),
    ];
    for (const client of [flood, alice, bob]) await client.do('join', { room: 'lobby' });
    const before = acksOf(flood).length;

    for (const n of numbers(400))
      flood.send({ action: 'publish', id: `f${n}`, room: 'lobby', data: 'flood' });
    for (const n of numbers(12)) await alice.do('publish', { room: 'lobby', data: n });
    await flood.closed;
    await alice.do('publish', { room: 'lobby', data: 'after' });

    for (const client of [alice, bob]) await client.hears('lobby', 'after');
    const said = (client: Client) => client.said('lobby').filter((data) => data !== 'flood');
    expect(said(alice)).toEqual([...numbers(12), 'after']);
    expect(said(bob)).toEqual([...numbers(12), 'after']);
    expect(flood.frames.filter(({ type }) => type === 'disconnect').at(0)).toMatchObject({
      code: 'rate_limited',
      reconnect: true,
    });
    // The burst, and the frames of a second or two.
    expect(acksOf(flood).length - before).toBeLessThanOrEqual(60);
    expect(codesOf(flood, 'rate_limited').every(({ retryAfterMs }) => Number(retryAfterMs) > 0)).toBe(true);
  });

  it('that ends in time costs its connection nothing', async () => {
    await start();
    const eager = await world.connect('eager');

    for (const n of numbers(40)) eager.send({ action: 'ping', id: `p${n}` });
    await eager.until(() => eager.replies.length === 40);
    expect((await eager.ask('ping')).code).toBe('rate_limited');
    clock.advance(100);
    await eager.do('ping');

    expect(codesOf(eager, 'rate_limited').length).toBeGreaterThan(0);
    expect(eager.frames.filter(({ type }) => type === 'disconnect')).toEqual([]);
  });

  it('of connections of one user opens only the allowed number, and the rest get 429', async () => {
    await start();
    const url = `${world.gateway.url.replace('localhost', '127.0.0.1')}?userId=mallory`;

    const answers = await Promise.all(numbers(40).map(() => Client.dial(url)));

    const open = answers.filter((answer) => answer instanceof Client);
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThanOrEqual(10);
    expect(answers.filter((answer) => answer === 429)).toHaveLength(40 - open.length);
    clock.advance(60_000);
    for (const _ of numbers(10 - open.length)) await world.connect('mallory');
    expect(await world.status('?userId=mallory')).toBe(429);
    await world.connect('alice');
    for (const client of open) client.socket.terminate();
  });

  it('of connections that vanished without a $disconnect makes room for new ones', async () => {
    await start({ OPENING_MS: '0', CONNECTIONS_PER_USER: '3' }, { faults: { disconnect: () => 'drop' } });
    const vanished = await Promise.all(numbers(3).map(() => world.connect('mallory')));
    expect(await world.status('?userId=mallory')).toBe(429);

    for (const client of vanished) await client.vanish();
    await world.until(() => world.gateway.connections === 0);
    // The server checks them once in ten seconds, and new ones may still be opening.
    clock.advance(600_000);

    for (const _ of numbers(3)) await world.connect('mallory');
    expect(await world.status('?userId=mallory')).toBe(429);
  });
});

describe('A flood', () => {
  let dynamodb: DynamoDBProxy;
  let world: ServerWorld;
  beforeEach(async () => {
    dynamodb = await DynamoDBProxy.start();
    world = await ServerWorld.start({ env: { RATE_LIMIT: 'off', DYNAMODB_ENDPOINT: dynamodb.endpoint } });
  });
  afterEach(async () => {
    await world.end();
    await dynamodb.stop();
  });

  it('is not limited where limits are off, and nothing is counted', async () => {
    const clients = await Promise.all(numbers(15).map(() => world.connect('mallory')));
    const [flood] = clients as [Client];
    const before = dynamodb.operations.length;

    for (const n of numbers(200)) flood.send({ action: 'nope', id: `p${n}` });
    await flood.until(() => flood.replies.length === 200);
    await flood.do('broadcast', { data: 1 });

    expect(codesOf(flood, 'unknown_action')).toHaveLength(200);
    expect(dynamodb.writesSince(before).filter(({ pk }) => pk.startsWith('RATE#'))).toEqual([]);
    const rows = await new Tables(dynamodb.endpoint).connections();
    expect(rows.filter(({ sk }) => sk === 'RATE')).toEqual([]);
  });
});

describe('A flood of publications', () => {
  it('is held to the limit of its room, and every acked message is in the log', async () => {
    const env = { RATE_LIMIT: 'on', FRAMES_PER_SECOND: '1000', FRAMES_AT_ONCE: '1000' };
    const world = await ServerWorld.start({ store: 'memory', env, clock: new RealSleepClock(Date.now()) });
    const users = await Promise.all(numbers(3).map((n) => world.connect(`user${n}`)));
    for (const user of users) await user.do('join', { room: 'lobby' });
    const answersTo = (user: Client) => user.replies.filter(({ id }) => String(id).startsWith('p'));

    // A room of three takes a hundred at once, and a hundred a second.
    for (const n of numbers(100))
      for (const user of users) user.send({ action: 'publish', id: `p${n}`, room: 'lobby', data: n });
    for (const user of users) await user.until(() => answersTo(user).length === 100);

    const answers = users.flatMap(answersTo);
    const acks = answers.filter(({ type }) => type === 'ack');
    const limited = answers.filter(({ code }) => code === 'rate_limited');
    expect(acks.length + limited.length).toBe(300);
    expect(acks.length).toBeGreaterThanOrEqual(100);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]).toMatchObject({ retryable: true, retryAfterMs: expect.any(Number) });
    expect(await users[0]?.do('ping', { rooms: ['lobby'] })).toMatchObject({
      heads: { lobby: { offset: acks.length } },
    });
    await world.end();
  });
});
