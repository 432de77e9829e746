import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const error = (code: string, more: object = {}) => ({ type: 'error', code, message: code, ...more });

describe('A publish', () => {
  const world = new ClientWorld();

  it('is repeated with the same key when the connection is lost before the answer', async () => {
    const { server, member, outcome } = world;
    const { room, seen } = await member('alice');
    server.answer = (frame, socket) => {
      if (frame.action !== 'publish' || socket !== server.sockets[0]) return undefined;
      server.publish('lobby', frame.data, 'alice', frame.key as string);
      socket.cut();
      return null;
    };

    const published = await outcome(room.publish('once'), 5_000);

    expect(published).toEqual({ room: 'lobby', epoch: 'e1', offset: 1, repeated: true });
    expect(seen).toEqual(['once']);
    const keys = server.frames('publish').map(({ key }) => key);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[a-z0-9]{24}$/);
  });

  it('is repeated when there is no answer in time', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    let silent = 2;
    server.answer = (frame) => (frame.action === 'publish' && silent-- > 0 ? null : undefined);

    expect(await outcome(room.publish('a'), 40_000)).toMatchObject({ offset: 1 });

    expect(server.frames('publish')).toHaveLength(3);
    expect(server.sockets).toHaveLength(1);
  });

  it('waits as long as it is told to before it is repeated', async () => {
    const { server, member, clock, settle } = world;
    const { room } = await member('alice');
    let refusals = 1;
    server.answer = (frame) =>
      frame.action === 'publish' && refusals-- > 0
        ? error('rate_limited', { retryable: true, retryAfterMs: 7_000 })
        : undefined;

    const published = room.publish('a');
    await clock.advance(6_900);
    expect(server.frames('publish')).toHaveLength(1);
    await clock.advance(700);
    await settle();

    expect(await published).toMatchObject({ offset: 1 });
  });

  it('is not repeated when the refusal is final', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    server.answer = (frame) =>
      frame.action === 'publish' ? error('forbidden', { retryable: false, requestId: 'r-1' }) : undefined;

    const published = outcome(room.publish('a'), 60_000);

    await expect(published).rejects.toMatchObject({
      name: 'SwitchboardError',
      code: 'forbidden',
      retryable: false,
      requestId: 'r-1',
    });
    expect(server.frames('publish')).toHaveLength(1);
  });

  it('gives up after a number of attempts', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice', 'lobby', { maxAttempts: 3 });
    server.answer = (frame) =>
      frame.action === 'publish' ? error('unavailable', { retryable: true }) : undefined;

    await expect(outcome(room.publish('a'), 60_000)).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.frames('publish')).toHaveLength(3);
  });

  it('gives up after a time', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    server.answer = (frame) => (frame.action === 'publish' ? null : undefined);

    await expect(outcome(room.publish('a'), 60_001)).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
    });
    expect(server.frames('publish').length).toBeLessThanOrEqual(5);
  });

  it('waits for a connection, but not for ever', async () => {
    const { server, member, settle, outcome } = world;
    const { room } = await member('alice');
    server.isRefusing = true;
    server.socket.cut();
    await settle();

    const published = outcome(room.publish('a'), 60_001);

    await expect(published).rejects.toMatchObject({ code: 'connection_lost', retryable: true });
    expect(server.frames('publish')).toEqual([]);
  });

  it('sends the data as it was at the call, even if the object changes later', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    let refusals = 1;
    server.answer = (frame) =>
      frame.action === 'publish' && refusals-- > 0 ? error('conflict', { retryable: true }) : undefined;
    const data = { text: 'before' };

    const published = room.publish(data);
    data.text = 'after';
    await outcome(published, 5_000);

    expect(server.frames('publish').map((frame) => frame.data)).toEqual([
      { text: 'before' },
      { text: 'before' },
    ]);
  });

  it('uses the given key', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');

    await outcome(room.publish('a', { key: 'mine' }));

    expect(await outcome(room.publish('a', { key: 'mine' }))).toMatchObject({ offset: 1, repeated: true });
    expect(server.log('lobby').entries).toHaveLength(1);
  });

  it('moves to another connection when the server has forgotten this one', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    server.answer = (frame, socket) =>
      frame.action === 'publish' && socket === server.sockets[0]
        ? error('session_unknown', { retryable: false })
        : undefined;

    expect(await outcome(room.publish('a'), 5_000)).toMatchObject({ offset: 1 });
    expect(server.sockets).toHaveLength(2);
  });

  it.each([
    ['too large', 'x'.repeat(16_383), 'payload_too_large'],
    ['too large in UTF-8', 'ä'.repeat(8_192), 'payload_too_large'],
    ['nothing', undefined, 'invalid_message'],
    ['no JSON', 1n, 'invalid_message'],
  ])('rejects data that is %s without sending it', async (_, data, code) => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');

    await expect(outcome(room.publish(data))).rejects.toMatchObject({ code, retryable: false });
    expect(server.frames('publish')).toEqual([]);
  });

  it('carries as much data as fits', async () => {
    const { member, outcome } = world;
    const { room } = await member('alice');

    await expect(outcome(room.publish('ä'.repeat(8_191)))).resolves.toMatchObject({ offset: 1 });
  });
});
