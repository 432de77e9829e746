import { describe, expect, it } from '@jest/globals';
import { createClient } from '../../src/create-client.js';
import { ClientWorld, URL_OF_SERVER } from '../support/client-world.js';

describe('A client that can never work', () => {
  const world = new ClientWorld();
  const { WebSocket: own } = globalThis;

  it.each([
    'http://server.test/dev',
    'server.test/dev',
    '/dev',
    'wss://',
    '',
    'ws://server.test/dev#there',
    'ws://server .test',
    'ws://server.test:99999/dev',
    'ws://[',
    'ws://%',
    undefined,
  ])('is refused at once for the address %j', (url) => {
    const { WebSocket } = world.server;

    expect(() => createClient(url as string, { WebSocket })).toThrow(
      expect.objectContaining({ code: 'invalid_url', retryable: false }),
    );
  });

  it('may be given its address as a URL', async () => {
    const { server, clock, settle } = world;
    const { WebSocket } = server;
    const client = createClient(new URL(URL_OF_SERVER) as never, { WebSocket, clock, userId: 'alice' });
    await settle();

    expect(client.state).toBe('live');
    void client.close();
  });

  it('is refused at once where there is no WebSocket', () => {
    Reflect.deleteProperty(globalThis, 'WebSocket');
    try {
      expect(() => createClient(URL_OF_SERVER)).toThrow(expect.objectContaining({ code: 'no_websocket' }));
    } finally {
      if (own) globalThis.WebSocket = own;
    }
  });

  it('throws at once without a source of randomness, unless the options have one', () => {
    const { server, clock } = world;
    const { WebSocket } = server;
    const crypto = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
    try {
      expect(() => createClient(URL_OF_SERVER, { WebSocket, clock })).toThrow(
        expect.objectContaining({ code: 'no_crypto' }),
      );
      expect(() => createClient(URL_OF_SERVER, { WebSocket, clock, random: () => 0.5 })).not.toThrow();
    } finally {
      Object.defineProperty(globalThis, 'crypto', { configurable: true, ...crypto });
    }
  });
});

describe('A client whose connection is refused', () => {
  const world = new ClientWorld();

  it('is told the possible reasons if the platform does not say', async () => {
    const { server, connect, settle } = world;
    server.isRefusing = true;
    const client = connect('alice');
    await settle();

    expect(client.status.reason).toMatchObject({ code: 'refused' });
    expect(client.status.reason?.message).toMatch(/token.*origin.*connections/i);
  });

  it('is told that nothing answers, and keeps trying', async () => {
    const { server, connect, settle, clock } = world;
    server.isRefusing = true;
    server.isGone = true;
    const client = connect('alice');
    await settle();
    expect(client.status).toMatchObject({ state: 'offline', reason: { code: 'unreachable' } });

    await clock.advance(3_600_000);
    server.isRefusing = false;
    await clock.advance(60_000);

    expect(client.state).toBe('live');
  });

  it('asks once for each attempt that failed, without the user’s name', async () => {
    const { server, connect, settle } = world;
    server.isRefusing = true;
    const asked: string[] = [];
    connect('alice', {
      fetch: async (url) => {
        asked.push(url);
      },
    });
    await settle();

    expect(asked).toEqual(['http://server.test/dev']);
  });
});

describe('A log', () => {
  const world = new ClientWorld();

  it('has one line for each event, and no data and no token', async () => {
    const { server, member, settle, clock, outcome } = world;
    const lines: string[] = [];
    const { room } = await member('', 'lobby', {
      token: () => 'alice~secret',
      log: (line) => {
        lines.push(line);
      },
    });
    let failures = 1;
    server.answer = ({ action }) =>
      action === 'publish' && failures-- > 0
        ? { type: 'error', code: 'conflict', message: '', retryable: true }
        : undefined;
    await outcome(room.publish('private'), 2_000);
    server.log('lobby').renew('e2');

    server.socket.cut();
    await clock.advance(5_000);
    await settle();

    expect(lines.join('\n')).not.toMatch(/secret|private|\n\n/);
    expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
    expect(lines.map((line) => line.replace(/\d{2,}/g, 'N'))).toEqual([
      expect.stringMatching(/^status: .*connecting.*"attempt":1/),
      expect.stringMatching(/^status: .*live/),
      expect.stringMatching(/^publish: conflict, again in/),
      expect.stringMatching(/^status: .*offline.*connection_lost.*nextTryAt/),
      expect.stringMatching(/^status: .*connecting.*"attempt":1/),
      expect.stringMatching(/^lobby: reset, epoch_changed/),
      expect.stringMatching(/^status: .*live/),
    ]);
  });

  it('that throws affects nothing else', async () => {
    const { member, outcome } = world;
    const { client, room } = await member('alice', 'lobby', {
      log: () => {
        throw new Error('full');
      },
    });

    await outcome(room.publish('a'));

    expect(client.state).toBe('live');
  });
});
