import { describe, expect, it } from '@jest/globals';
import type { ClientOptions } from '../src/options/client-options.js';
import { ClientWorld } from './support/client-world.js';

const DURATIONS = [
  'requestTimeoutMs',
  'giveUpAfterMs',
  'pingIntervalMs',
  'pingTimeoutMs',
  'rotateAfterMs',
  'gapPatienceMs',
];
const NUMBERS = [...DURATIONS, 'maxAttempts', 'maxRefusals'];
const OBJECTS = ['token', 'cursors', 'WebSocket', 'clock', 'random', 'network'];

describe('An option', () => {
  const world = new ClientWorld();

  it.each<[string, unknown]>(
    [...NUMBERS, 'token', 'cursors', 'network', 'userId'].flatMap((name): [string, unknown][] => [
      [name, undefined],
      [name, null],
    ]),
  )('`%s` that is %s means the default', async (name, value) => {
    const { server, connect, clock } = world;
    const client = connect('alice', { [name]: value } as ClientOptions);

    await clock.advance(30 * 60_000 - 1_000);
    expect(server.frames('ping')).toEqual([]);
    expect(server.sockets).toHaveLength(1);
    await clock.advance(2_000);

    expect(client.state).toBe('live');
    expect(server.frames('ping')).toHaveLength(1);
  });

  it.each([undefined, null])('of every name may be %s', (nothing) => {
    const { WebSocket, clock } = { ...world, WebSocket: world.server.WebSocket };
    const all = Object.fromEntries([...NUMBERS, ...OBJECTS, 'userId'].map((name) => [name, nothing]));

    expect(() => world.connect('alice', { ...all, WebSocket, clock } as ClientOptions)).not.toThrow();
  });

  it.each(NUMBERS.flatMap((name) => [-1, Number.NaN, 2 ** 31, '5', {}, true].map((value) => [name, value])))(
    '`%s` that is %p throws at once, with its name',
    (name, value) => {
      const create = () => world.connect('alice', { [String(name)]: value } as never);

      expect(create).toThrow(expect.objectContaining({ code: 'invalid_option', retryable: false }));
      expect(create).toThrow(`\`${name}\``);
      expect(world.server.sockets).toEqual([]);
    },
  );

  it.each<[string, unknown]>([
    ['maxAttempts', 0],
    ['maxRefusals', 0],
    ...OBJECTS.flatMap((name): [string, unknown][] => [
      [name, 5],
      [name, 'text'],
    ]),
    ['userId', 5],
    ['userId', 'not one'],
    ['clock', { now: Date.now }],
    ['network', {}],
    ['cursors', { lobby: 5 }],
    ['cursors', { lobby: { epoch: 'e1', offset: -1 } }],
    ['cursors', { lobby: { epoch: 'e1', offset: 0.5 } }],
    ['cursors', { lobby: { epoch: 'not one', offset: 1 } }],
    ['cursors', [{ epoch: 'e1' }]],
    ['cursors', new Map()],
  ])('`%s` that is %j throws at once, with its name', (name, value) => {
    const create = () => world.connect('alice', { [String(name)]: value } as never);

    expect(create).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    expect(create).toThrow(`\`${name}\``);
  });

  it.each(DURATIONS)('`%s` of Infinity means never', async (name) => {
    const { server, connect, clock, outcome } = world;
    const client = connect('alice', { [name]: Number.POSITIVE_INFINITY });
    const room = client.room('lobby');
    const joined = outcome(room.join());
    await clock.advance(60_000);
    await joined;

    await outcome(room.publish('hi'));

    expect(client.state).toBe('live');
    expect(server.sockets).toHaveLength(1);
    if (name === 'pingIntervalMs') await clock.advance(3_600_000);
    expect(server.frames('ping')).toEqual([]);
  });

  it('`rotateAfterMs` of Infinity keeps one connection', async () => {
    const { server, connect, clock } = world;
    connect('alice', { rotateAfterMs: Number.POSITIVE_INFINITY });

    await clock.advance(6 * 3_600_000);

    expect(server.sockets).toHaveLength(1);
  });

  it('of a call may be null, too', async () => {
    const { member, outcome } = world;
    const { room } = await member('alice');

    expect(await outcome(room.join(null))).toMatchObject({ members: ['alice'] });
    expect(await outcome(room.join({ since: null }))).toMatchObject({ members: ['alice'] });
    expect(await outcome(room.publish('a', null))).toMatchObject({ offset: 1 });
    expect(await outcome(room.publish('b', { key: null }))).toMatchObject({ offset: 2 });
    expect((await outcome(room.history(null).next())).value).toHaveLength(2);
    expect((await outcome(room.history({ limit: null, before: null }).next())).value).toHaveLength(2);
  });
});

describe('Whatever a caller passes, a client', () => {
  const world = new ClientWorld();
  const nonsense = [0, -1, 1, 2, Number.NaN].map((chance) => () => chance);

  it.each(nonsense)('does not storm a server that refuses it: random %#', async (random) => {
    const { server, connect, clock } = world;
    server.isRefusing = true;
    connect('alice', { random, maxRefusals: Number.POSITIVE_INFINITY });

    await clock.advance(60_000);

    expect(server.sockets.length).toBeLessThan(45);
    expect(server.sockets.length).toBeGreaterThan(1);
  });

  it.each(['pingIntervalMs', 'rotateAfterMs', 'requestTimeoutMs', 'pingTimeoutMs', 'gapPatienceMs'])(
    'does not storm with `%s` of 0',
    async (name) => {
      const { server, connect, clock } = world;
      connect('alice', { [name]: 0 });

      await clock.advance(60_000);

      expect(server.sockets.length).toBeLessThan(75);
      expect(server.frames('ping').length).toBeLessThan(130);
    },
  );

  it('does not storm when the network comes and goes all the time', async () => {
    const { server, member, clock } = world;
    const network = new EventTarget();
    await member('alice', 'lobby', { network });

    for (let n = 0; n < 600; n += 1) {
      network.dispatchEvent(new Event(n % 3 ? 'online' : 'offline'));
      await clock.advance(100);
    }

    expect(server.sockets.length).toBeLessThan(75);
    expect(server.frames('ping').length).toBeLessThan(130);
  });

  it('does not ask for history all the time when it is refused', async () => {
    const { server, member, clock } = world;
    await member('alice', 'lobby', { random: () => 0, gapPatienceMs: 0 });
    server.answer = ({ action }) =>
      action === 'history' ? { type: 'error', code: 'unavailable', message: '', retryable: true } : undefined;

    server.log('lobby').append('bob', 1);
    server.publish('lobby', 2);
    await clock.advance(60_000);

    expect(server.frames('history').length).toBeLessThan(60);
  });
});
