import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const HOUR = 3_600_000;
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('A client whose connection grows old', () => {
  const world = new ClientWorld();

  it('replaces it before two hours have passed, without loss or duplicates', async () => {
    const { server, member, clock, settle } = world;
    const { client, seen } = await member('alice');
    const states: string[] = [];
    client.on('state', (state) => states.push(state));

    let n = 0;
    while (clock.now() < 1_000_000 + 6 * HOUR) {
      server.publish('lobby', ++n);
      for (const socket of server.open) expect(clock.now() - socket.openedAt).toBeLessThan(2 * HOUR);
      await clock.advance(20_000);
    }
    await settle();

    expect(server.sockets).toHaveLength(4);
    expect(server.open).toHaveLength(1);
    expect(seen).toEqual(numbers(1, n));
    expect(states).toEqual(['live']);
  });

  it('stays in its rooms all the time, as others see it', async () => {
    const { server, member, clock } = world;
    await member('alice');

    await clock.advance(6 * HOUR);

    expect(server.sockets.length).toBeGreaterThan(2);
    expect(server.presence).toEqual(['alice joined lobby']);
  });

  it('loses and doubles nothing at fifty messages a second', async () => {
    const { server, member, clock, settle } = world;
    const { seen } = await member('alice', 'lobby', { rotateAfterMs: 2_000 });

    for (let n = 1; n <= 500; n += 1) {
      server.publish('lobby', n);
      await clock.advance(20);
    }
    await settle();

    expect(server.sockets.length).toBeGreaterThanOrEqual(4);
    expect(seen).toEqual(numbers(1, 500));
  });

  it('keeps the old one until the new one has caught up', async () => {
    const { server, member, clock, settle } = world;
    const { seen } = await member('alice', 'lobby', { rotateAfterMs: 60_000 });
    server.delivers = () => false;
    server.pageSize = 10;
    for (const n of numbers(1, 100)) server.publish('lobby', n);
    const openDuringHistory: number[] = [];
    server.answer = (frame) => {
      if (frame.action === 'history') openDuringHistory.push(server.open.length);
      return undefined;
    };

    await clock.advance(60_000);
    await settle();

    expect(seen).toEqual(numbers(1, 100));
    expect(openDuringHistory.length).toBeGreaterThan(5);
    expect(new Set(openDuringHistory)).toEqual(new Set([2]));
    expect(server.open).toHaveLength(1);
  });

  it('waits for an answer that the old one still owes', async () => {
    const { server, member, clock, settle } = world;
    const { room } = await member('alice', 'lobby', { rotateAfterMs: 60_000, requestTimeoutMs: 15_000 });
    const [old] = server.open;
    server.answer = (frame) => (frame.action === 'publish' ? null : undefined);
    await clock.advance(52_000);
    const published = room.publish('slow');
    await clock.advance(8_000);
    expect(server.open).toHaveLength(2);

    const { id } = old?.sent.find(({ action }) => action === 'publish') ?? {};
    old?.push({ type: 'ack', id: String(id), room: 'lobby', epoch: 'e1', offset: 9 });
    await settle();

    expect(await published).toMatchObject({ offset: 9 });
    await settle();
    expect(server.open).toHaveLength(1);
    expect(old?.isClosed).toBe(true);
  });

  it('does not wait for ever for an answer that the old one owes', async () => {
    const { server, member, clock } = world;
    const { room } = await member('alice', 'lobby', { rotateAfterMs: 60_000, requestTimeoutMs: 15_000 });
    const [old] = server.open;
    server.answer = ({ action }, socket) => (action === 'publish' && socket === old ? null : undefined);
    await clock.advance(53_000);
    const publishing = [1, 2, 3].map((n) => clock.advance(500).then(() => room.publish(n)));
    await clock.advance(40_000);

    expect(old?.isClosed).toBe(true);
    expect(await Promise.all((await Promise.all(publishing)).map(({ offset }) => offset))).toHaveLength(3);
  });

  it('is in a room on the new one that it joined on the old one meanwhile', async () => {
    const { server, member, clock, settle, listen } = world;
    const { client } = await member('alice', 'lobby', { rotateAfterMs: 60_000 });
    const late = client.room('late');
    const seen = listen(late);
    let joining = Promise.resolve({});
    server.answer = (frame, socket) => {
      // The new connection says hello, and right then the user joins another room.
      if (frame.action === 'hello' && server.sockets.indexOf(socket) === 1) joining = late.join();
      return undefined;
    };

    await clock.advance(60_000);
    await settle();
    await joining;
    server.publish('late', 'here');
    await settle();

    expect(server.socket.rooms.has('late')).toBe(true);
    expect(seen).toEqual(['here']);
  });

  it('is not in a room on the new one that it left on the old one meanwhile', async () => {
    const { server, member, clock, settle } = world;
    const { room, seen } = await member('alice', 'lobby', { rotateAfterMs: 60_000 });
    let leaving = Promise.resolve();
    server.answer = (frame, socket) => {
      if (frame.action === 'hello' && server.sockets.indexOf(socket) === 1) leaving = room.leave();
      return undefined;
    };

    await clock.advance(60_000);
    await settle();
    await leaving;
    server.publish('lobby', 'unwanted');
    await settle();

    expect(server.socket.rooms.has('lobby')).toBe(false);
    expect(seen).toEqual([]);
  });

  it('keeps the old one if no new one opens, and tries again', async () => {
    const { server, member, clock } = world;
    const { client, seen } = await member('alice', 'lobby', { rotateAfterMs: 60_000 });
    server.answer = (frame) =>
      frame.action === 'hello'
        ? { type: 'error', code: 'connection_limit', message: '', retryable: false }
        : undefined;

    await clock.advance(100_000);
    server.publish('lobby', 'on the old one');
    await clock.advance(1_000);
    expect(client.state).toBe('live');
    expect(seen).toEqual(['on the old one']);
    expect(server.sockets.length).toBeGreaterThan(2);
    server.answer = () => undefined;
    await clock.advance(60_000);

    expect(server.open).toHaveLength(1);
    expect(server.sockets[0]?.isClosed).toBe(true);
  });

  it('reconnects when the old one ends before the new one is open', async () => {
    const { server, member, clock } = world;
    const { client, seen } = await member('alice', 'lobby', { rotateAfterMs: 60_000 });
    server.answer = (frame, socket) => {
      if (frame.action === 'hello' && socket !== server.sockets[0]) server.sockets[0]?.cut();
      return undefined;
    };

    await clock.advance(60_000);
    server.publish('lobby', 'a');
    await clock.advance(5_000);

    expect(client.state).toBe('live');
    expect(seen).toEqual(['a']);
    expect(server.sockets).toHaveLength(2);
  });
});
