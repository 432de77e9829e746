import type { StreamRecord } from '../../../../../src/adapters/dynamodb/log/read-stream-record.js';
import type { StreamResult } from '../../../../../src/entry/lambda/handlers/create-fan-out.js';
import type { QueueMessage, QueueResult } from '../../../../../src/entry/lambda/handlers/create-pieces.js';
import type { WebSocketResult } from '../../../../../src/entry/lambda/handlers/events.js';
import type { SimulatedWorld } from '../simulated-world.js';
import { createFunctions, type Functions } from './functions.js';
import { Instance } from './instance.js';
import type { Invocation } from './invocation.js';

interface Host {
  instance: Instance;
  functions: Functions;
}

/** The outcome of a call; undefined: it died, and how far it came is unknown. */
export interface CallOutcome<Result> {
  invocation: Invocation;
  result: Result | undefined;
}

/** Runs each event on an instance with free capacity, like Lambda, and kills instances whose invocations time out. */
export class Fleet {
  #hosts: Host[] = [];
  #instances = 0;
  #invocations = 0;
  readonly invocations: Invocation[] = [];

  constructor(private readonly world: SimulatedWorld) {}

  route(event: object, connectionId: string, action: string): Promise<CallOutcome<WebSocketResult>> {
    return this.#invoke(({ router }) => router(event), 15_000, { connectionId, action });
  }

  fanOut(event: { Records: StreamRecord[] }): Promise<CallOutcome<StreamResult>> {
    const deadline = this.world.scheduler.now + 120_000;
    const context = { getRemainingTimeInMillis: () => deadline - this.world.scheduler.now };
    return this.#invoke(({ fanOut }) => fanOut(event, context), 120_000);
  }

  kick(userId: string): Promise<CallOutcome<object>> {
    return this.#invoke(({ disconnectUser }) => disconnectUser(userId), 60_000);
  }

  removeUser(userId: string, room: string): Promise<CallOutcome<object>> {
    return this.#invoke(({ removeUser }) => removeUser(userId, room), 60_000);
  }

  pieces(event: { Records: QueueMessage[] }): Promise<CallOutcome<QueueResult>> {
    const deadline = this.world.scheduler.now + 120_000;
    const context = { getRemainingTimeInMillis: () => deadline - this.world.scheduler.now };
    return this.#invoke(({ pieces }) => pieces(event, context), 120_000);
  }

  /** Like Lambda after a long time without calls. */
  killAll({ butSleepers = false } = {}): void {
    for (const { instance } of [...this.#hosts]) if (!butSleepers || !instance.sleeps) instance.die();
  }

  /** Whether a running invocation has begun to change a connection's rows. */
  isWriting(connectionId: string): boolean {
    return this.#hosts.some(({ instance }) =>
      [...instance.running].some(({ wrote }) => wrote.has(connectionId)),
    );
  }

  async #invoke<Result>(
    call: (functions: Functions) => Promise<Result | undefined>,
    timeoutMs: number,
    frame?: { connectionId: string; action: string },
  ): Promise<CallOutcome<Result>> {
    const { scheduler } = this.world;
    const host = this.#host();
    this.#invocations += 1;
    const invocation: Invocation = {
      name: `i${this.#invocations}@${host.instance.name}`,
      startedAt: scheduler.now,
      connectionId: frame?.connectionId,
      action: frame?.action,
      endedAt: undefined,
      faults: [],
      operations: 0,
      wrote: new Set(),
      died: false,
    };
    this.invocations.push(invocation);
    host.instance.begin(invocation);

    return new Promise((resolve, reject) => {
      const timeout = scheduler.after(timeoutMs, () => host.instance.die());
      const died = () => {
        if (invocation.endedAt !== undefined) return;
        invocation.endedAt = scheduler.now;
        scheduler.cancel(timeout);
        resolve({ invocation, result: undefined });
      };
      this.#onDeath.set(invocation, died);
      call(host.functions).then((result) => {
        if (invocation.endedAt !== undefined || !host.instance.alive) return;
        invocation.endedAt = scheduler.now;
        scheduler.cancel(timeout);
        host.instance.end(invocation);
        this.#onDeath.delete(invocation);
        resolve({ invocation, result });
      }, reject);
    });
  }

  readonly #onDeath = new Map<Invocation, () => void>();

  #skew(): () => number {
    const { random, settings, scheduler } = this.world;
    const { skewMs, wrongClock } = settings;
    const usual = random.whole(-skewMs, skewMs);
    if (!wrongClock || random.chance(0.5)) return () => usual;
    const { aheadMs, fromMs, untilMs } = wrongClock;
    return () => usual + (scheduler.passed >= fromMs && scheduler.passed < untilMs ? aheadMs : 0);
  }

  #host(): Host {
    const { random, settings } = this.world;
    const free = this.#hosts.filter(({ instance }) => instance.running.size < settings.concurrency);
    if (free.length > 0 && this.#hosts.length >= settings.instances) return random.pick(free);
    this.#instances += 1;
    const skewMs = this.#skew();
    const name = `L${this.#instances}`;
    const instance = new Instance(name, this.world, random.fork(name), skewMs, (dead) => {
      this.#hosts = this.#hosts.filter((one) => one.instance !== dead);
      for (const invocation of dead.running) {
        this.#onDeath.get(invocation)?.();
        this.#onDeath.delete(invocation);
      }
    });
    const host = {
      instance,
      functions: createFunctions(instance, this.world, random.fork(`${name} chance`)),
    };
    this.#hosts.push(host);
    return host;
  }
}
