import { afterEach, describe, expect, it } from '@jest/globals';
import { ALL_PERMISSIONS } from '../../../src/domain/access/permissions.js';
import { RealSleepClock } from '../../support/time/real-sleep-clock.js';
import { GuardedWorld } from '../security/support/guarded-world.js';
import type { Client } from './support/client.js';
import { onEveryStore } from './support/every-world.js';
import { ServerWorld } from './support/server-world.js';

const signal = (fields: object, number = 1) => ({
  action: 'signal',
  tag: 't',
  number,
  data: 'typing',
  ...fields,
});
const of = (client: Client, type: string) => client.frames.filter((frame) => frame.type === type);
const heard = (client: Client, count: number) =>
  client.until(() => of(client, 'signal').length >= count && of(client, 'signal'));

onEveryStore('Signals', (world) => {
  it('reach the members of a room and the devices of a user, and nothing comes back', async () => {
    const [alice, bob, carol] = [
      await world().connect('alice'),
      await world().connect('bob'),
      await world().connect('carol'),
    ];
    for (const client of [alice, bob]) await client.do('join', { room: 'lobby' });

    alice.send(signal({ room: 'lobby', data: { x: 1, y: 2 } }));
    expect(await heard(bob, 1)).toEqual([
      { type: 'signal', room: 'lobby', from: 'alice', tag: 't', number: 1, data: { x: 1, y: 2 } },
    ]);
    alice.send(signal({ to: 'carol' }, 2));
    expect(await heard(carol, 1)).toMatchObject([{ room: '@carol', from: 'alice', number: 2 }]);

    await alice.do('ping');
    expect(of(alice, 'signal')).toEqual([]);
    expect(alice.replies.map(({ type }) => type)).toEqual(['ack', 'ack']);
    expect(of(bob, 'signal')).toHaveLength(1);
    expect(await bob.do('history', { room: 'lobby' })).toMatchObject({ offset: 0 });
  });

  it('that are refused get an error, the same for strangers in every room', async () => {
    const [mallory, bob] = [await world().connect('mallory'), await world().connect('bob')];
    await bob.do('join', { room: 'lobby' });

    mallory.send(signal({ id: 's1', room: 'lobby' }));
    const refusal = await mallory.until(() => of(mallory, 'error')[0]);
    const other = await world().connect('mallory');
    other.send(signal({ id: 's1', room: 'none' }));
    const unreal = await other.until(() => of(other, 'error')[0]);

    expect(refusal).toMatchObject({ id: 's1', code: 'not_a_member', retryable: false });
    expect({ ...unreal, requestId: '' }).toEqual({ ...refusal, requestId: '' });
    expect(of(bob, 'signal')).toEqual([]);
  });
});

describe('A refused signal', () => {
  let world: ServerWorld;
  afterEach(() => world.end());

  it.each([
    ['invalid_message', { room: 'lobby', to: 'bob' }],
    ['invalid_message', { room: 'lobby', number: -1 }],
    ['invalid_room', { room: '*' }],
    ['invalid_user', { to: 'a#b' }],
    ['payload_too_large', { room: 'lobby', data: 'x'.repeat(16_384) }],
    ['not_a_member', { room: 'elsewhere' }],
  ])('is told with %s, and writes nothing', async (code, fields) => {
    world = await ServerWorld.start();
    const client = await world.connect('alice');
    await client.do('join', { room: 'lobby' });
    const before = await world.tables.all();

    client.send(signal(fields));

    expect(await client.until(() => of(client, 'error')[0])).toMatchObject({ code, id: null });
    expect(await world.tables.all()).toEqual(before);
  });

  it('is told once a second, and a flood of them ends the connection', async () => {
    const clock = new RealSleepClock(Date.now());
    world = await ServerWorld.start({ store: 'memory', clock, env: { RATE_LIMIT: 'on' } });
    const client = await world.connect('alice');

    for (let n = 0; n < 10; n += 1) client.send(signal({ room: 'none' }, n));
    // The authorizer and `$connect` come first.
    await world.until(() => world.usage.amounts.invocations >= 2 + 10);
    await client.until(() => of(client, 'error').length > 0);
    await client.do('ping');
    expect(of(client, 'error')).toHaveLength(1);
    clock.advance(1_000);
    client.send(signal({ room: 'none' }));
    await client.until(() => of(client, 'error').length === 2);

    for (let n = 0; n < 400; n += 1) client.send(signal({ room: 'none' }, n));
    await client.closed;
    expect(of(client, 'error')).toHaveLength(2);
    expect(of(client, 'disconnect')).toMatchObject([{ code: 'rate_limited' }]);
  });
});

describe('With tokens, a signal', () => {
  it('does not reach a user whose session has ended, and ends the session of a sender whose token has expired', async () => {
    const world = await GuardedWorld.start({ store: 'memory' });
    const alice = await world.connect('alice', { permissions: ALL_PERMISSIONS });
    const late = await world.connect('late', { seconds: -10 });

    alice.send(signal({ to: 'late' }));
    await late.closed;
    expect(late.frames).toMatchObject([{ type: 'disconnect', code: 'token_expired' }]);

    const sender = await world.connect('sender', { seconds: -10 });
    sender.send(signal({ to: 'alice' }));
    await sender.closed;
    expect(sender.frames).toMatchObject([{ type: 'disconnect', code: 'token_expired' }]);
    expect(of(alice, 'signal')).toEqual([]);
    await world.end();
  });

  it('of strangers and of members without permission reaches no member', async () => {
    const world = await GuardedWorld.start({ store: 'memory' });
    const host = await world.connect('host', { permissions: ALL_PERMISSIONS });
    const reader = await world.connect('reader', { permissions: { join: ['lobby'] } });
    const stranger = await world.connect('stranger', { permissions: ALL_PERMISSIONS });
    for (const client of [host, reader]) await client.do('join', { room: 'lobby' });

    reader.send(signal({ room: 'lobby' }));
    stranger.send(signal({ room: 'lobby' }));
    reader.send(signal({ to: 'host' }));
    expect(await reader.until(() => of(reader, 'error')[0])).toMatchObject({ code: 'forbidden' });
    expect(await stranger.until(() => of(stranger, 'error')[0])).toMatchObject({ code: 'not_a_member' });
    host.send(signal({ room: 'lobby', data: 'the end' }));
    expect(await heard(reader, 1)).toMatchObject([{ data: 'the end' }]);

    expect([of(host, 'signal'), of(stranger, 'signal')]).toEqual([[], []]);
    await world.end();
  });
});
