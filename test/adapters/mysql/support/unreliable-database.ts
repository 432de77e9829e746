import type { Database, Row, Value } from '../../../../src/adapters/mysql/database/database.js';
import { ClientError } from '../../../../src/domain/client-error.js';
import type { SeededRandom } from '../../../robustness/torture/simulation/seeded-random.js';

/** Rejects work that waits when its process dies: nothing happens after that. */
export const DEAD = new Error('The process is dead');

const RARELY = 0.05;

/**
 * A process's access to a server: a call may fail, lose its answer, or end with the process's death before or after it.
 */
export class UnreliableDatabase implements Database {
  #isDead = false;

  constructor(
    private readonly database: Database,
    private readonly random: SeededRandom,
  ) {}

  rows(sql: string, values: readonly Value[]): Promise<Row[]> {
    return this.#troubled(() => this.database.rows(sql, values));
  }

  change(sql: string, values: readonly Value[]): Promise<number> {
    return this.#troubled(() => this.database.change(sql, values));
  }

  call(procedure: string, values: readonly Value[]): Promise<Row[]> {
    return this.#troubled(() => this.database.call(procedure, values));
  }

  async #troubled<T>(call: () => Promise<T>): Promise<T> {
    this.#mayDie();
    if (this.random.chance(RARELY)) throw new ClientError('unavailable');
    const answer = await call();
    this.#mayDie();
    if (this.random.chance(RARELY)) throw new ClientError('unavailable');
    return answer;
  }

  #mayDie(): void {
    this.#isDead ||= this.random.chance(RARELY);
    if (this.#isDead) throw DEAD;
  }
}
