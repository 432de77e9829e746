import { describe, expect, it } from '@jest/globals';
import type { Client } from '../../src/client.js';
import { ClientWorld } from '../support/client-world.js';
import type { Frame } from '../support/fake-socket.js';

interface Actions {
  roll: { fields: { readonly sides: number }; reply: { readonly rolled: number } };
}

describe('An action that the application added', () => {
  const world = new ClientWorld();

  const connect = async (answer: (frame: Frame) => Frame | null | undefined) => {
    const client = world.connect('alice') as Client as unknown as Client<Actions>;
    await world.settle();
    world.server.answer = (frame) => (frame.action === 'roll' ? answer(frame) : undefined);
    return client;
  };

  it('resolves with the reply and nothing else', async () => {
    const client = await connect(() => ({ type: 'ack', rolled: 4 }));

    expect(await world.outcome(client.request('roll', { sides: 6 }))).toEqual({ rolled: 4 });
    expect(world.server.frames('roll')).toEqual([{ action: 'roll', id: expect.any(String), sides: 6 }]);
  });

  it('rejects with the server’s error', async () => {
    const client = await connect(() => ({
      type: 'error',
      code: 'forbidden',
      message: 'No dice',
      retryable: false,
    }));

    await expect(world.outcome(client.request('roll', { sides: 6 }))).rejects.toMatchObject({
      name: 'SwitchboardError',
      code: 'forbidden',
      message: 'No dice',
      retryable: false,
    });
  });

  it.each([
    ['the connection is lost', 'connection_lost'],
    ['there is no answer in time', 'timeout'],
  ])('is sent once, and may be repeated by its caller: %s', async (_, code) => {
    const { server, outcome } = world;
    const client = await connect(() => {
      if (code === 'connection_lost') server.socket.cut();
      return null;
    });

    await expect(outcome(client.request('roll', { sides: 6 }), 40_000)).rejects.toMatchObject({
      code,
      retryable: true,
    });

    expect(server.frames('roll')).toHaveLength(1);
  });

  it('is not repeated even after a retryable error', async () => {
    const client = await connect(() => ({
      type: 'error',
      code: 'rate_limited',
      message: '',
      retryable: true,
      retryAfterMs: 10,
    }));

    await expect(world.outcome(client.request('roll', { sides: 6 }), 5_000)).rejects.toMatchObject({
      retryable: true,
      retryAfterMs: 10,
    });
    expect(world.server.frames('roll')).toHaveLength(1);
  });

  it.each([
    ['a key, which every repetition has', { key: 'k1' }],
    ['leave to repeat it', { repeat: true }],
  ])('is repeated until it is answered with %s', async (_, options) => {
    const { server, outcome } = world;
    let losses = 2;
    const client = await connect(() => {
      if (losses-- <= 0) return { type: 'ack', rolled: 2 };
      server.socket.cut();
      return null;
    });

    expect(await outcome(client.request('roll', { sides: 6 }, options), 10_000)).toEqual({ rolled: 2 });

    const keys = server.frames('roll').map(({ key }) => key);
    expect(keys).toEqual(Array(3).fill('key' in options ? 'k1' : undefined));
  });

  it('may have a field `key` of its own, which allows no repetition', async () => {
    const { server, outcome } = world;
    const client = (await connect(() => null)) as unknown as Client;

    const rolling = client.request('roll', { key: 'k1' });
    await expect(outcome(rolling, 40_000)).rejects.toMatchObject({ code: 'timeout' });

    expect(server.frames('roll')).toMatchObject([{ key: 'k1' }]);
  });

  it('waits for a connection, with the fields as they were', async () => {
    const { server, outcome, connect: connectOnly } = world;
    const client = connectOnly('alice');
    server.answer = (frame) => (frame.action === 'roll' ? { type: 'ack', rolled: 1 } : undefined);
    const fields = { sides: 6 };
    const rolling = client.request('roll', fields);
    fields.sides = 7;

    expect(await outcome(rolling)).toEqual({ rolled: 1 });
    expect(server.frames('roll')).toMatchObject([{ sides: 6 }]);
  });

  it('cannot imitate another action', async () => {
    const client = (await connect(() => ({ type: 'ack', rolled: 1 }))) as unknown as Client;

    await world.outcome(client.request('roll', { action: 'send', id: 'mine' }));

    expect(world.server.frames('roll')).toHaveLength(1);
  });
});

describe('A push of an unknown type', () => {
  const world = new ClientWorld();

  it('is an event', async () => {
    const { server, connect, settle } = world;
    const client = connect('alice');
    const pushed: unknown[] = [];
    client.on('push', (push) => pushed.push(push));
    await settle();

    server.socket.push({ type: 'dice', rolled: 4 });
    server.socket.push({ type: 'presence', room: 'lobby', joined: ['bob'], left: [] });
    await settle();

    expect(pushed).toEqual([{ type: 'dice', rolled: 4 }]);
  });
});
