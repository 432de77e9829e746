import { describe, expect, it } from '@jest/globals';
import { SwitchboardError } from '../../src/switchboard-error.js';
import { ClientWorld } from '../support/client-world.js';

describe('A client with a token', () => {
  const world = new ClientWorld();

  /** Tokens of the fake server: who one is, then what tells one token from the next. */
  const tokens = (user = 'alice') => {
    let n = 0;
    return async () => `${user}~${++n}`;
  };

  it('sends it as a subprotocol, and never in the address', async () => {
    const { server, connect, settle } = world;

    connect('ignored', { token: tokens() });
    await settle();

    expect(server.socket.protocols).toEqual(['switchboard.v1', 'bearer.alice~1']);
    expect(server.socket.url).toBe('ws://server.test/dev');
  });

  it('fetches a new one for every connection', async () => {
    const { server, connect, settle, clock } = world;
    const client = connect('', { token: tokens() });
    await settle();

    server.socket.push({ type: 'disconnect', code: 'token_expired', message: 'over', reconnect: true });
    await clock.advance(5_000);

    expect(client.state).toBe('live');
    expect(server.socket.protocols?.[1]).toBe('bearer.alice~2');
  });

  it('gives the server a new one when the old one is about to expire', async () => {
    const { server, connect, settle } = world;
    connect('', { token: tokens() });
    await settle();

    server.socket.push({ type: 'expiring', expiresAt: 0 });
    server.socket.push({ type: 'expiring', expiresAt: 0 });
    await settle();

    expect(server.frames('refresh').map(({ token }) => token)).toEqual(['alice~2']);
    expect(server.sockets).toHaveLength(1);
  });

  it('connects again with the next token when a refresh was refused', async () => {
    const { server, connect, settle, clock } = world;
    const client = connect('', { token: tokens() });
    await settle();
    server.answer = ({ action }) =>
      action === 'refresh'
        ? { type: 'error', code: 'unauthenticated', message: '', retryable: false }
        : undefined;

    server.socket.push({ type: 'expiring', expiresAt: 0 });
    await settle();
    server.socket.push({ type: 'disconnect', code: 'token_expired', message: '', reconnect: true });
    await clock.advance(5_000);

    expect(client.state).toBe('live');
    expect(server.socket.protocols?.[1]).toBe('bearer.alice~3');
  });

  it('tries again when the token could not be fetched', async () => {
    const { connect, clock } = world;
    let failures = 3;
    const client = connect('', {
      token: async () => {
        if (failures-- > 0) throw new TypeError('fetch failed');
        return 'alice';
      },
    });

    await clock.advance(60_000);

    expect(client.state).toBe('live');
  });

  it('gives up when the token function says so', async () => {
    const { server, connect, clock } = world;
    const client = connect('', {
      token: () => Promise.reject(new SwitchboardError('unauthenticated', 'Signed out')),
    });

    await clock.advance(60_000);

    expect(client.state).toBe('closed');
    expect(client.error).toMatchObject({ code: 'unauthenticated', message: 'Signed out' });
    expect(server.sockets).toEqual([]);
  });

  it('does not wait for ever for a token', async () => {
    const { connect, clock } = world;
    let hangs = true;
    const client = connect('', { token: () => (hangs ? new Promise(() => {}) : 'alice') });
    await clock.advance(1_000);
    hangs = false;

    await clock.advance(20_000);

    expect(client.state).toBe('live');
  });

  it('ends when the next token is another user’s', async () => {
    const { server, connect, settle, clock } = world;
    const users = ['alice', 'bob'];
    const client = connect('', { token: () => String(users.shift()) });
    await settle();

    server.socket.cut();
    await clock.advance(5_000);

    expect(client.error).toMatchObject({ code: 'identity_changed' });
    expect(server.open).toEqual([]);
  });
});

describe('A client that the server refuses', () => {
  const world = new ClientWorld();

  it('does not come back when it is told not to', async () => {
    const { server, member, clock, outcome } = world;
    const { client, room } = await member('alice');
    const states: unknown[] = [];
    client.on('state', (state, error) => states.push([state, error?.code]));

    server.socket.push({ type: 'disconnect', code: 'forbidden', message: 'Out', reconnect: false });
    await clock.advance(3_600_000);

    expect(states).toEqual([
      ['live', undefined],
      ['closed', 'forbidden'],
    ]);
    expect(client.error).toMatchObject({ code: 'forbidden', message: 'Out' });
    expect(server.sockets).toHaveLength(1);
    await expect(outcome(room.publish('a'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('does not come back when its hello is refused permanently', async () => {
    const { server, connect, clock } = world;
    server.answer = () => ({ type: 'error', code: 'connection_limit', message: '', retryable: false });

    const client = connect('alice');
    await clock.advance(3_600_000);

    expect(client.error).toMatchObject({ code: 'connection_limit' });
    expect(server.sockets).toHaveLength(1);
  });

  it('says hello again later after a retryable refusal', async () => {
    const { server, connect, clock } = world;
    let refusals = 2;
    server.answer = () =>
      refusals-- > 0
        ? { type: 'error', code: 'rate_limited', message: '', retryable: true, retryAfterMs: 3_000 }
        : undefined;

    const client = connect('alice');
    await clock.advance(10_000);

    expect(client.state).toBe('live');
    const [first, second] = server.sockets;
    expect((second?.openedAt ?? 0) - (first?.openedAt ?? 0)).toBeGreaterThanOrEqual(3_000);
  });

  it('gives up after ten refusals in a row if it was never connected', async () => {
    const { server, connect, clock } = world;
    server.isRefusing = true;

    const client = connect('alice');
    await clock.advance(3_600_000);

    expect(client.error).toMatchObject({ code: 'refused' });
    expect(server.sockets).toHaveLength(10);
  });

  it('throws at once for an invalid address', async () => {
    const { connect, settle } = world;
    const WebSocket = class {
      constructor() {
        throw new SyntaxError('Invalid URL');
      }
    } as never;

    const client = connect('alice', { WebSocket });
    await settle();

    expect(client.error).toMatchObject({ code: 'refused', retryable: false });
  });
});
