import type { Clock } from '../../application/ports/clock.js';
import type { PieceQueue } from '../../application/ports/piece-queue.js';
import type { Piece } from '../../domain/publications/piece.js';

const SAME_MS = 5 * 60_000;

/** In-memory pieces, until they are taken. */
export class InMemoryPieceQueue implements PieceQueue {
  readonly #waiting: Piece[] = [];
  readonly #gaveUp: Piece[] = [];
  readonly #addedAt = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly onAdd: () => void = () => {},
  ) {}

  async add(pieces: readonly Piece[]): Promise<void> {
    const now = this.clock.now();
    for (const piece of pieces) {
      const name = nameOf(piece);
      const last = this.#addedAt.get(name);
      if (last !== undefined && now - last < SAME_MS) continue;
      this.#addedAt.set(name, now);
      this.#waiting.push(piece);
    }
    this.onAdd();
  }

  async giveUp(pieces: readonly Piece[]): Promise<void> {
    this.#gaveUp.push(...pieces);
  }

  /** The waiting pieces, oldest first. */
  take(): Piece[] {
    return this.#waiting.splice(0);
  }

  get gaveUp(): readonly Piece[] {
    return this.#gaveUp;
  }
}

const nameOf = ({ room, section, places }: Piece): string =>
  JSON.stringify([room, section.part, section.after, section.upTo, places]);
