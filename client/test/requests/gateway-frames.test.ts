import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';
import type { FakeSocket } from '../support/fake-socket.js';

/** As API Gateway sends on throttling and errors: without the id of the frame that it is about. */
const failAtGateway = (socket: FakeSocket, message = 'Too Many Requests') =>
  socket.push({ message, connectionId: 'L0SM9cOFvHcCIhw=', requestId: 'r-1' });

describe('A gateway’s own frame', () => {
  const world = new ClientWorld();

  it('answers the only waiting request', async () => {
    const { server, member, outcome } = world;
    const { client, room, seen } = await member('alice', 'lobby', { maxAttempts: 1 });
    server.answer = ({ action }, socket) => {
      if (action !== 'publish') return undefined;
      failAtGateway(socket);
      return null;
    };

    await expect(outcome(room.publish('a'), 1_000)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Gateway: Too Many Requests',
      retryable: true,
      requestId: 'r-1',
    });
    expect(server.sockets).toHaveLength(1);
    expect(client.state).toBe('live');
    expect(seen).toEqual([]);
  });

  it('makes the client repeat a publish with its key, on the same connection', async () => {
    const { server, member, outcome } = world;
    const { room, seen } = await member('alice');
    let failures = 2;
    server.answer = (frame, socket) => {
      if (frame.action !== 'publish' || failures-- <= 0) return undefined;
      // The first time it was done nevertheless.
      if (failures === 1) server.publish('lobby', frame.data, 'alice', String(frame.key));
      failAtGateway(socket, 'Internal server error');
      return null;
    };

    expect(await outcome(room.publish('once'), 5_000)).toMatchObject({ offset: 1, repeated: true });

    expect(server.frames('publish')).toHaveLength(3);
    expect(new Set(server.frames('publish').map(({ key }) => key)).size).toBe(1);
    expect(server.sockets).toHaveLength(1);
    expect(seen).toEqual(['once']);
  });

  it('makes the client repeat all requests if several are waiting', async () => {
    const { server, member, outcome } = world;
    const { client, room } = await member('alice');
    let isFailing = true;
    server.answer = (_, socket) => {
      if (!isFailing) return undefined;
      if (server.frames('publish').length === 2) {
        isFailing = false;
        failAtGateway(socket);
      }
      return null;
    };

    const calls = [room.publish('a'), room.publish('b')];

    expect(await outcome(Promise.all(calls), 10_000)).toHaveLength(2);
    expect(server.frames('publish')).toHaveLength(4);
    expect(server.sockets).toHaveLength(1);
    expect(client.state).toBe('live');
  });

  it('makes the client repeat hello on the same connection', async () => {
    const { server, connect, clock } = world;
    let failures = 2;
    server.answer = ({ action }, socket) => {
      if (action !== 'hello' || failures-- <= 0) return undefined;
      failAtGateway(socket);
      return null;
    };

    const client = connect('alice');
    await clock.advance(5_000);

    expect(client.state).toBe('live');
    expect(server.frames('hello')).toHaveLength(3);
    expect(server.sockets).toHaveLength(1);
  });

  it('makes the client repeat a ping soon', async () => {
    const { server, member, clock } = world;
    const { seen } = await member('alice');
    server.delivers = () => false;
    server.publish('lobby', 'lost');
    let failures = 1;
    server.answer = ({ action }, socket) => {
      if (action !== 'ping' || failures-- <= 0) return undefined;
      failAtGateway(socket);
      return null;
    };

    await clock.advance(30 * 60_000 + 10_000);

    expect(seen).toEqual(['lost']);
    expect(server.sockets).toHaveLength(1);
  });

  it('is ignored by a client that waits for no answer', async () => {
    const { server, member, settle } = world;
    const { client } = await member('alice');

    failAtGateway(server.socket);
    await settle();

    expect(client.state).toBe('live');
  });
});
