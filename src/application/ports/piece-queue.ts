import type { Piece } from '../../domain/publications/piece.js';

/** Pieces that wait to be served: those of one room and section in the order in which they were added. */
export interface PieceQueue {
  /**
   * Resolves when all of them wait. Within five minutes, the same piece is added once: the same room and section, and the same
   * places with the same marks. When it rejects, some may have been added.
   */
  add(pieces: readonly Piece[]): Promise<void>;
  /** Puts pieces aside, for people to look at. */
  giveUp(pieces: readonly Piece[]): Promise<void>;
}
