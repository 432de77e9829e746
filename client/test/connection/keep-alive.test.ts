import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const MINUTE_MS = 60_000;

describe('A connection', () => {
  const world = new ClientWorld();
  const page = globalThis as { document?: { visibilityState: string } };
  /** In which minutes which frames were sent, and what came meanwhile. */
  const during = async (minutes: number, each: (minute: number) => void = () => {}) => {
    const { server, clock } = world;
    const sent: Record<string, number[]> = { keepalive: [], ping: [] };
    for (let minute = 1; minute <= minutes; minute += 1) {
      const before = server.socket.sent.length;
      await clock.advance(MINUTE_MS);
      for (const { action = '' } of server.socket.sent.slice(before)) sent[action]?.push(minute);
      each(minute);
    }
    return sent;
  };
  afterEach(() => {
    delete page.document;
  });

  it.each([
    ['where there is no page', undefined],
    ['of a hidden page', { visibilityState: 'hidden' }],
  ])('%s sends a keep-alive every five minutes and a ping every thirty', async (_, document) => {
    if (document) page.document = document;
    await world.member('alice');

    const { keepalive, ping } = await during(61);

    expect(ping).toEqual([30, 60]);
    expect(keepalive).toEqual([5, 10, 15, 20, 25, 35, 40, 45, 50, 55]);
  });

  it('of a visible page pings every ten minutes, even while pushes arrive', async () => {
    page.document = { visibilityState: 'visible' };
    const { seen } = await world.member('alice');

    const { keepalive, ping } = await during(31, (minute) => world.server.publish('lobby', minute));

    expect(ping).toEqual([10, 20, 30]);
    expect(keepalive).toEqual([5, 15, 25]);
    expect(seen.length).toBeGreaterThanOrEqual(30);
  });

  it('does not ping after ten minutes if its page was hidden before', async () => {
    const document = { visibilityState: 'visible' };
    page.document = document;
    await world.member('alice');

    const { ping } = await during(31, (minute) => {
      if (minute === 9) document.visibilityState = 'hidden';
    });

    expect(ping).toEqual([30]);
  });

  it('that sends other frames needs no keep-alive, but still pings', async () => {
    const { room } = await world.member('alice');

    const { keepalive, ping } = await during(31, () => void room.publish('x').catch(() => {}));

    expect(keepalive).toEqual([]);
    expect(ping).toEqual([30]);
  });

  it('without pings still sends keep-alives', async () => {
    await world.member('alice', 'lobby', { pingIntervalMs: Number.POSITIVE_INFINITY });

    const { keepalive, ping } = await during(61);

    expect(ping).toEqual([]);
    expect(keepalive).toHaveLength(12);
  });

  it('that lost a push pings at once to find other losses', async () => {
    const { server, clock, settle } = world;
    const { client } = await world.member('alice');
    const other = client.room('other');
    const seen = world.listen(other);
    void other.join();
    await settle();

    server.delivers = () => false;
    server.publish('other', 'lost elsewhere');
    server.publish('lobby', 'lost');
    server.delivers = () => true;
    server.publish('lobby', 'heard');
    await clock.advance(1_000);

    expect(seen).toEqual(['lost elsewhere']);
    expect(server.frames('ping')).toHaveLength(1);
  });

  it("does not blame a request for a gateway's own frame right after a keep-alive", async () => {
    const { server, settle, outcome } = world;
    const { room } = await world.member('alice', 'lobby', { maxAttempts: 2 });
    server.answer = ({ action }, socket) => {
      if (action !== 'publish') return undefined;
      socket.push({ message: 'Too Many Requests', connectionId: 'c=', requestId: 'r-1' });
      return null;
    };
    const requestId = (promise: Promise<unknown>) =>
      outcome(promise, 5_000).catch((error: { requestId?: string }) => error.requestId);

    await during(5);
    expect(server.frames('keepalive')).toHaveLength(1);
    expect(await requestId(room.publish('a'))).toBeUndefined();
    await settle(30_000);

    expect(await requestId(room.publish('a'))).toBe('r-1');
  });
});
