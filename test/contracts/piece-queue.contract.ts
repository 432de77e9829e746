import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PieceQueue } from '../../src/application/ports/piece-queue.js';
import type { Piece } from '../../src/domain/publications/piece.js';
import type { Section } from '../../src/domain/section.js';

export interface Pieces {
  queue: PieceQueue;
  /** Removes and returns the waiting pieces, the oldest first. */
  take(): Promise<Piece[]>;
  gaveUp(): Promise<Piece[]>;
  /** Of the queue's clock. */
  advance(ms: number): void;
}

export const pieceOf = (offset: number, section: Section = {}, mark = `mark ${offset}`): Piece => ({
  room: 'lobby',
  section,
  places: [{ epoch: '1760000000000-aaaaaa', offset, mark }],
});

/** `create` makes an empty queue. */
export const pieceQueueContract = (adapter: string, create: () => Promise<Pieces>) =>
  describe(`PieceQueue: ${adapter}`, () => {
    let world: Pieces;

    beforeEach(async () => {
      world = await create();
    });

    it('gives pieces of one section in the order in which they were added, unchanged', async () => {
      const pieces = Array.from({ length: 25 }, (_, n) => pieceOf(n + 1, { after: 'ä🙂', upTo: 'x#"' }));

      await world.queue.add(pieces.slice(0, 1));
      await world.queue.add(pieces.slice(1));

      expect(await world.take()).toEqual(pieces);
    });

    it('adds the same piece once within five minutes', async () => {
      const pieces = [pieceOf(1, { part: 0 }), pieceOf(1, { part: 1 })];

      await world.queue.add(pieces);
      world.advance(299_000);
      await world.queue.add(pieces);
      expect(await world.take()).toEqual(pieces);

      world.advance(2_000);
      await world.queue.add(pieces);
      expect(await world.take()).toEqual(pieces);
    });

    it('adds a piece of another room, section, place or mark', async () => {
      const piece = pieceOf(1, { after: 'a', upTo: 'b' }, 'mark');
      const others = [
        { ...piece, room: 'team' },
        pieceOf(1, { after: 'a' }, 'mark'),
        pieceOf(1, { upTo: 'b' }, 'mark'),
        pieceOf(1, { part: 1 }, 'mark'),
        pieceOf(1, {}, 'mark'),
        pieceOf(2, piece.section, 'mark'),
        pieceOf(1, piece.section, 'another'),
        { ...piece, places: [{ epoch: '1760000000001-aaaaaa', offset: 1, mark: 'mark' }] },
        { ...piece, places: [...piece.places, ...pieceOf(2).places] },
      ];

      await world.queue.add([piece]);
      await world.queue.add(others);

      const taken = await world.take();
      expect(taken).toHaveLength(1 + others.length);
      for (const other of others) expect(taken).toContainEqual(other);
    });

    it('adds all pieces of a cut with other bounds, even if there are as many', async () => {
      const cut = (bound: string) => [pieceOf(1, { upTo: bound }), pieceOf(1, { after: bound })];

      await world.queue.add(cut('k'));
      await world.queue.add(cut('m'));

      expect(await world.take()).toHaveLength(4);
    });

    it('puts aside given-up pieces', async () => {
      await world.queue.giveUp([pieceOf(1), pieceOf(2)]);

      expect(await world.take()).toEqual([]);
      expect(await world.gaveUp()).toEqual([pieceOf(1), pieceOf(2)]);
    });
  });
