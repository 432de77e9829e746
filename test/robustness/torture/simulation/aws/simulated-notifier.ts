import type {
  ClientNotifier,
  SendOptions,
  SendOutcome,
} from '../../../../../src/application/ports/client-notifier.js';
import type { Instance } from '../instances/instance.js';
import type { Invocation } from '../instances/invocation.js';
import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';

const MOST_TRIES = 3;

/** Pushes like `@connections`, with faults. */
export class SimulatedNotifier implements ClientNotifier {
  /** How often an invocation sent the same frame to one connection. */
  readonly #sent = new WeakMap<Invocation, Map<string, number>>();

  constructor(
    private readonly instance: Instance,
    private readonly world: SimulatedWorld,
    private readonly random: SeededRandom,
  ) {}

  async send(
    connectionId: string,
    frame: string,
    deadline: number,
    { patienceMs = Number.POSITIVE_INFINITY }: SendOptions = {},
  ): Promise<SendOutcome> {
    this.#countTries(connectionId, frame);
    const until = Math.min(deadline, this.instance.now() + patienceMs);
    const outcome = await this.#send(connectionId, frame, until);
    if (outcome === 'failed') {
      const name = `${JSON.parse(frame).room} ${connectionId}`;
      const { failed } = this.world.ledger;
      failed.set(name, new Set([...(failed.get(name) ?? []), ...this.instance.running]));
    }
    return outcome;
  }

  async #send(connectionId: string, frame: string, deadline: number): Promise<SendOutcome> {
    const { instance, random } = this;
    const { faults, gateway, ledger } = this.world;
    await instance.wait(instance.latency(0.5, 8));
    ledger.count('pushes');
    const startedAt = Math.min(
      ...[...instance.running].map((one) => one.startedAt),
      this.world.scheduler.now,
    );
    const isLate = instance.now() >= deadline;
    gateway.pushed(connectionId, frame, isLate ? Number.NEGATIVE_INFINITY : startedAt);
    // Its turn came after the deadline: nothing is sent.
    if (isLate) return 'failed';
    if (!gateway.isOpen(connectionId)) {
      await instance.wait(instance.latency(0.5, 8));
      return 'gone';
    }
    if (random.chance(faults.pushRefused)) {
      ledger.count('pushes refused');
      await instance.wait(Math.min(deadline - instance.now(), random.between(1, 400)));
      return 'failed';
    }
    if (random.chance(faults.pushHangs)) {
      ledger.count('pushes hanging');
      await instance.wait(deadline - instance.now());
      return 'failed';
    }
    gateway.deliver(connectionId, frame);
    await instance.wait(instance.latency(0.5, 8));
    return random.chance(faults.pushAnswerLost) ? 'failed' : 'delivered';
  }

  async close(connectionId: string): Promise<void> {
    await this.instance.wait(this.instance.latency(0.5, 8));
    this.world.gateway.hangUp(connectionId);
  }

  async probe(connectionId: string): Promise<'open' | 'gone' | 'unknown'> {
    await this.instance.wait(this.instance.latency(0.5, 8));
    if (this.random.chance(this.world.faults.pushRefused)) return 'unknown';
    return this.world.gateway.isOpen(connectionId) ? 'open' : 'gone';
  }

  now(): number {
    return this.world.scheduler.now;
  }

  /** Retries are bounded. */
  #countTries(connectionId: string, frame: string): void {
    const [invocation, ...others] = this.instance.running;
    if (!invocation || others.length > 0 || !frame.startsWith('{"type":"message')) return;
    const sent = this.#sent.get(invocation) ?? new Map<string, number>();
    this.#sent.set(invocation, sent);
    const tries = (sent.get(connectionId + frame) ?? 0) + 1;
    sent.set(connectionId + frame, tries);
    if (tries > MOST_TRIES)
      this.world.ledger.violate('bounds', `${tries} pushes to ${connectionId} of ${frame}`);
  }
}
