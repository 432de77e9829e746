import type { PieceQueue } from '../../../../../src/application/ports/piece-queue.js';
import { ClientError } from '../../../../../src/domain/client-error.js';
import type { Piece } from '../../../../../src/domain/publications/piece.js';
import type { Instance } from '../instances/instance.js';
import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';

/** The queue, seen from one instance: ten pieces in each call, with refused calls and lost answers. */
export class SimulatedPieceQueue implements PieceQueue {
  constructor(
    private readonly instance: Instance,
    private readonly world: SimulatedWorld,
    private readonly random: SeededRandom,
  ) {}

  async add(pieces: readonly Piece[]): Promise<void> {
    await this.#send(pieces, (some) => this.world.queue.add(some));
  }

  async giveUp(pieces: readonly Piece[]): Promise<void> {
    await this.#send(pieces, (some) => this.world.queue.giveUp(some));
  }

  async #send(pieces: readonly Piece[], send: (some: readonly Piece[]) => void): Promise<void> {
    const { instance, random } = this;
    for (let first = 0; first < pieces.length; first += 10) {
      const { faults } = this.world;
      await instance.wait(instance.latency(0.5, 12));
      if (random.chance(faults.throttled)) this.#fail('throttled');
      send(pieces.slice(first, first + 10));
      if (random.chance(faults.answerLost)) this.#fail('added, answer lost');
      await instance.wait(instance.latency(0.5, 12));
    }
  }

  #fail(what: string): never {
    for (const invocation of this.instance.running) invocation.faults.push(`pieces: ${what}`);
    throw new ClientError('unavailable');
  }
}
