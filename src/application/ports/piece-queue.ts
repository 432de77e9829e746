import type { Piece } from '../../domain/publications/piece.js';

/** A queue of pieces to serve. The pieces of one room and section keep the order in which they were added. */
export interface PieceQueue {
  /**
   * Resolves when all of them are in the queue. Within five minutes, the same piece is added once: the same room and
   * section, and the same places with the same marks. If it rejects, some may have been added.
   */
  add(pieces: readonly Piece[]): Promise<void>;
  /** Puts pieces aside, for people to look at. */
  giveUp(pieces: readonly Piece[]): Promise<void>;
}
