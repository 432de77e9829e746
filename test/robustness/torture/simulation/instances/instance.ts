import type { Clock } from '../../../../../src/application/ports/clock.js';
import { ClientError } from '../../../../../src/domain/client-error.js';
import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';
import type { Perform, StoreOperation } from '../store/store-operation.js';
import type { Invocation } from './invocation.js';

/**
 * A Lambda sandbox that runs the application. It is frozen between invocations: work that was not awaited continues
 * with the next invocation, or never. When it dies, all its work stops.
 */
export class Instance implements Clock {
  readonly running = new Set<Invocation>();
  readonly #frozen: (() => void)[] = [];
  /** Operations under way, and whether they have been applied. */
  readonly #operations = new Map<StoreOperation, boolean>();
  #waits = 0;
  alive = true;

  constructor(
    readonly name: string,
    private readonly world: SimulatedWorld,
    private readonly random: SeededRandom,
    /** How far its clock is ahead: no two clocks agree. */
    private readonly skewMs: () => number,
    private readonly onDeath: (instance: Instance) => void,
  ) {}

  now(): number {
    return this.world.scheduler.now + this.skewMs();
  }

  async sleep(ms: number): Promise<void> {
    await this.wait(ms);
  }

  begin(invocation: Invocation): void {
    this.running.add(invocation);
    for (const thaw of this.#frozen.splice(0)) this.world.scheduler.after(0, () => this.#goOn(thaw));
  }

  end(invocation: Invocation): void {
    this.running.delete(invocation);
    // Its unfinished work may be applied at any time, or never.
    if (this.#waits > 0) this.#trouble(invocation);
  }

  /** A half-finished invocation may leave rows behind, except for a leave: `$disconnect` completes it. */
  #trouble({ wrote, action, connectionId: own }: Invocation): void {
    for (const connectionId of wrote)
      if (action !== 'leave' || connectionId !== own) this.world.ledger.troubled.add(connectionId);
  }

  /** All its work survives a jump. */
  get sleeps(): boolean {
    const under = [...this.#operations];
    return under.length > 0 && under.every(([operation, isApplied]) => survivesJumps(operation, isApplied));
  }

  die(): void {
    if (!this.alive) return;
    this.alive = false;
    this.world.trace(() => `${this.name} dies`);
    for (const invocation of this.running) {
      invocation.died = true;
      this.#trouble(invocation);
    }
    this.onDeath(this);
  }

  /** The only way to wait in here. */
  wait(ms: number): Promise<void> {
    this.#waits += 1;
    return new Promise((resolve) => {
      this.world.scheduler.after(ms, () => {
        if (this.running.size > 0 && this.random.chance(this.world.faults.death)) this.die();
        this.#goOn(resolve);
      });
    });
  }

  /** Takes the usual time, or much longer. */
  latency(least: number, most: number): number {
    const slow = this.random.chance(this.world.faults.slow);
    return slow ? this.random.between(most, 3_000) : this.random.between(least, most);
  }

  readonly perform: Perform = async (operation, apply) => {
    const { faults } = this.world;
    const { writes, parts, connectionId: written } = operation;
    for (const invocation of this.running) {
      invocation.operations += 1;
      if (written !== undefined) invocation.wrote.add(written);
    }
    this.#operations.set(operation, false);
    await this.wait(this.#sleep(operation) ?? this.latency(0.5, 12));
    this.#operations.set(operation, true);
    const throttled = faults.throttled + (operation.readsMembers ? faults.membersThrottled : 0);
    if (this.random.chance(throttled / parts)) {
      this.#fault(operation, 'throttled');
      this.#operations.delete(operation);
      await this.wait(this.random.between(5, 200));
      throw new ClientError('unavailable');
    }
    this.world.trace(() => `${this.name} ${operation.text}`);
    let answer = await this.#applied(operation, apply);
    if (writes && this.random.chance(this.#deathAfterWrite())) this.die();
    if (writes && this.random.chance(faults.answerLost)) {
      this.#fault(operation, 'applied, answer lost');
      this.#operations.delete(operation);
      await this.wait(this.random.between(5, 1_000));
      throw new ClientError('unavailable');
    }
    if (writes && operation.isRepeated && this.random.chance(faults.appliedTwice)) {
      this.#fault(operation, 'applied twice');
      await this.wait(this.random.between(5, 1_000));
      answer = await this.#applied(operation, apply);
    }
    await this.wait(this.#sleep(operation) ?? this.latency(0.5, 12));
    this.#operations.delete(operation);
    return answer;
  };

  /** A server answers in its own time, and virtual time waits for it. */
  async #applied<T>(operation: StoreOperation, apply: () => T | Promise<T>): Promise<T> {
    try {
      const answer = apply();
      return answer instanceof Promise ? await this.world.scheduler.outside(answer) : answer;
    } catch (error) {
      this.#operations.delete(operation);
      throw error;
    }
  }

  #deathAfterWrite(): number {
    const { faults, settings } = this.world;
    const deadly = [...this.running].some(({ action }) => action === settings.deadly);
    return this.running.size === 0 ? 0 : faults.deathAfterWrite * (deadly ? DEADLY : 1);
  }

  /** Waits until after the next jump, if it is near; after a jump, waits between a claim and its publication. */
  #sleep(operation: StoreOperation): number | undefined {
    const { scheduler, jumpAt, jumpedAt, faults } = this.world;
    const isApplied = this.#operations.get(operation) ?? false;
    const ms = jumpAt - scheduler.now;
    const isNear = ms <= SLEEP_MS && survivesJumps(operation, isApplied);
    const isPast = scheduler.now - jumpedAt < WAKING_MS && operation.fillsClaim && !isApplied;
    if ((!isNear && !isPast) || !this.random.chance(faults.sleep)) return undefined;
    return isNear ? ms + this.random.between(0, WAKING_MS) : this.random.between(0, SLEEP_MS);
  }

  #fault(operation: StoreOperation, what: string): void {
    const fault = `${operation.text}: ${what}`;
    this.world.trace(() => `${this.name} ${fault}`);
    const written = operation.connectionId;
    for (const invocation of this.running) {
      invocation.faults.push(fault);
      const completed = invocation.action === 'leave' && invocation.connectionId === written;
      if (written !== undefined && !completed) this.world.ledger.troubled.add(written);
    }
  }

  #goOn(resolve: () => void): void {
    if (!this.alive) return;
    if (this.running.size === 0) this.#frozen.push(resolve);
    else {
      this.#waits -= 1;
      resolve();
    }
  }
}

/** How many times more often the deadly action's invocation dies after a write. */
const DEADLY = 20;

const SLEEP_MS = 2_000;

const survivesJumps = ({ outlives }: StoreOperation, isApplied: boolean): boolean =>
  outlives === 'a jump' || (isApplied && outlives === 'once applied');

const WAKING_MS = 6_000;
