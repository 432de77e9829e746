import { describe, expect, it } from '@jest/globals';
import { SwitchboardError } from '../src/switchboard-error.js';
import { ClientWorld } from './support/client-world.js';

describe('Calls that wait', () => {
  const world = new ClientWorld();

  it.each(['publish', 'send', 'broadcast', 'presence', 'history', 'join'] as const)(
    'are bounded: %s',
    async (method) => {
      const { server, member, settle, clock } = world;
      const { client, room } = await member('alice');
      server.isRefusing = true;
      server.socket.cut();
      await settle();
      const call = {
        publish: () => room.publish('a'),
        send: () => client.send('bob', 'a'),
        broadcast: () => client.broadcast('a'),
        presence: () => room.presence(),
        history: () => room.history().next(),
        join: () => room.join(),
      }[method];

      const outcomes: string[] = [];
      for (let n = 0; n < 1_500; n += 1)
        (call() as Promise<unknown>).catch(({ code, retryable }) => outcomes.push(`${code} ${retryable}`));
      await clock.advance(1);
      expect(outcomes).toEqual(Array(500).fill('queue_full true'));
      await clock.advance(120_000);

      expect(outcomes.slice(500)).toEqual(Array(1_000).fill('connection_lost true'));
    },
  );

  it('make room for others once they are answered', async () => {
    const { member, outcome } = world;
    const { room } = await member('alice');

    for (let n = 0; n < 3; n += 1) {
      const calls = Promise.all(Array.from({ length: 1_000 }, () => room.publish('a')));
      expect(await outcome(calls, 5_000)).toHaveLength(1_000);
    }
  });
});

describe('Data', () => {
  const world = new ClientWorld();

  it.each<[string, unknown]>([
    ['a Uint8Array', new Uint8Array([1, 2])],
    ['a Buffer', Buffer.from('a')],
    ['an ArrayBuffer', new ArrayBuffer(2)],
    ['a DataView', new DataView(new ArrayBuffer(2))],
    ['a Map', new Map([['a', 1]])],
    ['a Set', new Set([1])],
    ['a WeakMap', new WeakMap()],
    ['an Error', new Error('a')],
    ['a RegExp', /a/],
    ['a Promise', Promise.resolve()],
    ['a Blob', new Blob(['a'])],
    ['a function', () => {}],
    ['a symbol', Symbol('a')],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('that JSON would change is refused: %s', async (_, data) => {
    const { server, member, outcome } = world;
    const { client, room } = await member('alice');

    for (const refused of [data, { deep: [data] }]) {
      const calls = [room.publish(refused), client.send('bob', refused), client.broadcast(refused)];
      for (const call of calls)
        await expect(outcome(call)).rejects.toMatchObject({ code: 'invalid_message', retryable: false });
    }
    expect(server.frames('publish')).toEqual([]);
  });

  class Point {
    constructor(readonly x: number) {}
  }
  it.each<[string, unknown, unknown]>([
    ['a Date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an instance with fields', new Point(1), { x: 1 }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['a field that is absent', { a: undefined, b: null }, { b: null }],
    ['an object that says what it is in JSON', { toJSON: () => [1] }, [1]],
  ])('that JSON can express is accepted: %s', async (_, data, received) => {
    const { member, outcome } = world;
    const { room, seen } = await member('alice');

    await outcome(room.publish(data));

    expect(seen).toEqual([received]);
  });
});

describe('An error', () => {
  it('has its message and its code in JSON', () => {
    const error = new SwitchboardError('timeout', 'Too late', { retryable: true, requestId: 'r-1' });

    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'SwitchboardError',
      code: 'timeout',
      message: 'Too late',
      retryable: true,
      requestId: 'r-1',
    });
  });
});

describe('A handler', () => {
  const world = new ClientWorld();

  it('of an unknown event is refused at once', () => {
    const client = world.connect('alice');
    const on = (target: { on: unknown }, event: string) => () =>
      (target.on as (event: string, handler: () => void) => void)(event, () => {});

    for (const event of ['massage', 'constructor', '']) {
      expect(on(client, event)).toThrow(expect.objectContaining({ code: 'unknown_event' }));
      expect(on(client.room('lobby'), event)).toThrow(expect.objectContaining({ code: 'unknown_event' }));
    }
    expect(on(client.inbox, 'presence')).toThrow('presence');
    expect(on(client, 'message')).toThrow('message');
    expect(() => client.on('state', undefined as never)).toThrow('state');
  });
});

describe('A name that can never work', () => {
  const world = new ClientWorld();

  it('is refused without a connection', async () => {
    const { server, connect, outcome } = world;
    server.isSilent = true;
    const client = connect('alice');

    await expect(outcome(client.room('a b').join())).rejects.toMatchObject({ code: 'invalid_room' });
    await expect(outcome(client.send('bob smith', 'hi'))).rejects.toMatchObject({ code: 'invalid_user' });
  });
});
