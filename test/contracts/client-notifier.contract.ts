import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClientNotifier } from '../../src/application/ports/client-notifier.js';

export interface Clients {
  notifier: ClientNotifier;
  /** Opens a connection and resolves to its id. */
  open(): Promise<string>;
  close(connectionId: string): Promise<void>;
  /** The frames that a connection received, parsed, once there are this many. */
  received(connectionId: string, count: number): Promise<unknown[]>;
  /** Epoch milliseconds, far enough ahead. */
  deadline(): number;
  end(): Promise<void>;
}

/** `create` makes a world without connections. */
export const clientNotifierContract = (adapter: string, create: () => Clients | Promise<Clients>) =>
  describe(`ClientNotifier: ${adapter}`, () => {
    let world: Clients;
    const frame = (n: number) => JSON.stringify({ type: 'message', room: 'lobby', data: n });
    const send = (connectionId: string, n: number) =>
      world.notifier.send(connectionId, frame(n), world.deadline());

    beforeEach(async () => {
      world = await create();
    });
    afterEach(() => world.end());

    it('delivers a frame to its connection only', async () => {
      const alice = await world.open();
      const bob = await world.open();

      expect(await send(alice, 1)).toBe('delivered');
      expect(await send(bob, 2)).toBe('delivered');

      expect(await world.received(alice, 1)).toEqual([JSON.parse(frame(1))]);
      expect(await world.received(bob, 1)).toEqual([JSON.parse(frame(2))]);
    });

    it('delivers text unchanged, up to 32 KiB', async () => {
      const alice = await world.open();
      const texts = ['Äiti 👩‍👧\u2028', '\u0000', 'x'.repeat(32 * 1024 - 2)];

      for (const text of texts) {
        const outcome = await world.notifier.send(alice, JSON.stringify(text), world.deadline());
        expect(outcome).toBe('delivered');
      }

      expect(await world.received(alice, texts.length)).toEqual(texts);
    });

    it('reports an unknown or closed connection as gone', async () => {
      const alice = await world.open();
      await world.close(alice);

      expect(await send(alice, 1)).toBe('gone');
      expect(await send(alice, 1)).toBe('gone');
      expect(await send('never-was-here', 1)).toBe('gone');
      expect(await send('AAAAAAAAAAAAAAA=', 1)).toBe('gone');
    });

    it('probes whether a connection is open, and closes it', async () => {
      const alice = await world.open();
      const bob = await world.open();
      const probe = (connectionId: string) => world.notifier.probe(connectionId, world.deadline());

      expect(await probe(alice)).toBe('open');
      await world.notifier.close(alice, world.deadline());
      await world.notifier.close(alice, world.deadline());
      await world.notifier.close('never-was-here', world.deadline());

      expect([await probe(alice), await probe('never-was-here'), await probe(bob)]).toEqual([
        'gone',
        'gone',
        'open',
      ]);
      expect(await send(alice, 1)).toBe('gone');
      expect(await send(bob, 1)).toBe('delivered');
    });

    it('keeps the order for one connection', async () => {
      const alice = await world.open();
      const numbers = Array.from({ length: 30 }, (_, n) => n);

      for (const n of numbers) await send(alice, n);

      expect(await world.received(alice, 30)).toEqual(numbers.map((n) => JSON.parse(frame(n))));
    });

    it('reaches the others when some are gone', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 10; n += 1) ids.push(await world.open());
      for (const id of ids.slice(0, 3)) await world.close(id);

      const outcomes = await Promise.all(ids.map((id, n) => send(id, n)));

      expect(outcomes).toEqual([...Array(3).fill('gone'), ...Array(7).fill('delivered')]);
      for (const [n, id] of [...ids.entries()].slice(3))
        expect(await world.received(id, 1)).toEqual([JSON.parse(frame(n))]);
    });
  });
