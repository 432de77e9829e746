import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import { MemoryStore } from '../../../src/adapters/in-memory/memory-store.js';
import { InMemoryRoomRepository } from '../../../src/adapters/in-memory/room-repository.js';
import { DeliverPublications } from '../../../src/application/delivery/deliver-publications.js';
import type { FanOut } from '../../../src/application/delivery/fan-out.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import type { HandedOver } from '../../../src/domain/publications/piece.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

const EPOCH = '1760000000000-aaaaaa';

const publication = (offset: number, data: unknown = offset, epoch = EPOCH): HandedOver => ({
  room: 'lobby',
  epoch,
  offset,
  id: `id-${offset}`,
  from: 'alice',
  at: 1_760_000_000_000,
  data: JsonText.of(data),
  requestId: 'request',
  mark: `mark-${offset}`,
});

describe('a batch of the stream', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  const deliver = async (publications: HandedOver[], ms = 60_000) => {
    const reports = await world.app.deliverPublications.execute(publications, world.clock.now() + ms);
    return reports.map(({ publications: _, durationMs: __, ...report }) => report);
  };
  const offsetsOf = (frame: Record<string, unknown>) =>
    (frame.items as { offset: number }[]).map(({ offset }) => offset);

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    await world.join('lobby', alice, bob);
    world.received(alice);
  });

  it('reaches each connection as one frame, in order', async () => {
    const [report] = await deliver([3, 1, 2].map((offset) => publication(offset)));

    expect(report).toEqual({
      room: 'lobby',
      tally: { delivered: 2, gone: 0, failed: 0, expired: 0 },
      complete: true,
    });
    const items = [1, 2, 3].map((offset) => ({
      offset,
      id: `id-${offset}`,
      from: 'alice',
      at: 1_760_000_000_000,
      data: offset,
    }));
    for (const member of [alice, bob])
      expect(world.received(member)).toEqual([{ type: 'messages', room: 'lobby', epoch: EPOCH, items }]);
  });

  it('pushes once a publication that the stream gives twice', async () => {
    await deliver([publication(1), publication(2), publication(1)]);

    expect(world.received(alice).map(offsetsOf)).toEqual([[1, 2]]);
  });

  it('keeps epochs apart, the earlier one first', async () => {
    await deliver([publication(1, 'new', '1760000000001-aaaaaa'), publication(9, 'old')]);

    expect(world.received(alice)).toMatchObject([
      { epoch: EPOCH, items: [{ data: 'old' }] },
      { epoch: '1760000000001-aaaaaa', items: [{ data: 'new' }] },
    ]);
  });

  it('orders offsets as numbers', async () => {
    await deliver([10, 9, 100, 2].map((offset) => publication(offset)));

    expect(world.received(alice).map(offsetsOf)).toEqual([[2, 9, 10, 100]]);
  });

  it('takes few frames of at most 32 KiB, in order, whatever the sizes', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 16_382 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.constantFrom('x', 'ä', '"', '\u0001'), async (lengths, char) => {
        const bytes = Buffer.byteLength(JSON.stringify(char)) - 2;
        const items = lengths.map((length, n) => publication(n + 1, char.repeat(Math.floor(length / bytes))));
        await deliver(items);

        const frames = world.received(alice);
        expect(frames.flatMap(offsetsOf)).toEqual(items.map(({ offset }) => offset));
        const lengthsOfFrames = frames.map((frame) => Buffer.byteLength(JSON.stringify(frame)));
        expect(Math.max(...lengthsOfFrames)).toBeLessThanOrEqual(FRAME_BYTES);
        for (const [n, next] of frames.slice(1).entries()) {
          const [first] = next.items as unknown[];
          const more = Buffer.byteLength(`,${JSON.stringify(first)}`);
          expect((lengthsOfFrames[n] ?? 0) + more).toBeGreaterThanOrEqual(FRAME_BYTES);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('stops for a connection at the first frame that fails: a later one would only show a gap', async () => {
    world.clients.behaviour = (id) => (id === 'bob=' ? 'failed' : undefined);

    const [report] = await deliver([1, 2, 3].map((offset) => publication(offset, 'x'.repeat(16_300))));

    expect(report).toMatchObject({ tally: { delivered: 1, gone: 0, failed: 1, expired: 0 } });
    expect(world.received(alice)).toHaveLength(3);
    expect(world.clients.tries.get('bob=')).toBe(1);
  });

  it('leaves unserved members at the deadline to a piece, and is not complete', async () => {
    world.clients.behaviour = () => {
      world.clock.advance(60_000);
      return 'failed';
    };

    const [report] = await deliver([publication(1)]);

    expect(report).toMatchObject({ complete: false, tally: { delivered: 0 }, pieces: 1 });
    expect(world.pieces.take()).toMatchObject([{ room: 'lobby', section: {}, places: [{ offset: 1 }] }]);
  });

  it('serves its rooms one after the other, each once, whatever the order of the records', async () => {
    await world.join('team', alice);
    world.received(alice);
    const of = (room: string, offset: number) => ({ ...publication(offset), room });
    const batch = [of('lobby', 2), of('team', 1), of('lobby', 1), of('elsewhere', 1)];

    const reports = await world.app.deliverPublications.execute(batch, world.clock.now() + 60_000);

    expect(reports.map(({ room, publications }) => [room, publications])).toEqual([
      ['lobby', [batch[0], batch[2]]],
      ['team', [batch[1]]],
      ['elsewhere', [batch[3]]],
    ]);
    expect(world.received(alice).map((frame) => [frame.room, offsetsOf(frame)])).toEqual([
      ['lobby', [1, 2]],
      ['team', [1]],
    ]);
  });

  it('serves the other rooms when one fails, and says which', async () => {
    const failure = new Error('members cannot be read');
    const fanOut = {
      deliver: async (room: string) => {
        if (room === 'lobby') throw failure;
        return { tally: { delivered: 1, gone: 0, failed: 0, expired: 0 }, complete: true };
      },
    } as Partial<FanOut> as FanOut;
    const batch = [publication(1), { ...publication(1), room: 'team' }];

    const rooms = new InMemoryRoomRepository(new MemoryStore(), world.clock);
    const delivering = new DeliverPublications(fanOut, rooms, world.pieces, world.clock, 10);
    const reports = await delivering.execute(batch, world.clock.now() + 1);

    expect(reports).toMatchObject([
      { room: 'lobby', error: failure },
      { room: 'team', complete: true },
    ]);
  });

  it('reports a timeout for a room that had no turn', async () => {
    expect(await deliver([publication(1)], 0)).toMatchObject([{ room: 'lobby', error: { code: 'timeout' } }]);
    expect(world.received(alice)).toEqual([]);
  });

  it('reaches no client in an empty room', async () => {
    for (const member of [alice, bob]) await world.app.disconnect.execute(member.connectionId);

    expect(await deliver([publication(1)])).toMatchObject([{ complete: true, tally: { delivered: 0 } }]);
  });
});
