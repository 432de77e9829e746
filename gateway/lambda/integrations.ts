import { gatewayId } from '../gateway-id.js';
import type { Meter } from '../meter.js';

/** A Lambda handler. Declared as a method so that a handler of a narrower event or a richer context also fits. */
export type LambdaFunction<Event> = { invoke(event: Event, context: InvocationContext): unknown }['invoke'];

/** The part of Lambda's context that the gateway can know. */
export interface InvocationContext {
  awsRequestId: string;
  functionName: string;
  getRemainingTimeInMillis(): number;
}

export type InvocationOutcome = { returned: unknown } | { threw: unknown } | { timedOut: true };

/** Invokes handlers as Lambda does: concurrently, each with its own copy of the event, for a limited time. */
export class Integrations {
  readonly #running = new Set<Promise<void>>();
  readonly #timeouts = new Set<() => void>();
  #stopped = false;

  constructor(private readonly meter: Meter) {}

  /**
   * Never rejects. A handler's result has been through JSON, so null stands for undefined.
   * A handler that takes longer keeps running: nothing can stop it.
   */
  async invoke<Event>(
    name: string,
    handler: LambdaFunction<Event>,
    event: Event,
    timeoutMs: number,
  ): Promise<InvocationOutcome> {
    const deadline = Date.now() + timeoutMs;
    const startedAt = performance.now();
    const context = {
      awsRequestId: gatewayId(),
      functionName: name,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
    const outcome = this.#orTimeout(run(handler, event, context), timeoutMs);
    const done = outcome.then(() => {
      this.#running.delete(done);
      this.meter.invocation(name, performance.now() - startedAt);
    });
    this.#running.add(done);
    return await outcome;
  }

  /** Resolves when no handler runs any longer. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** From now on, all running and later invocations time out. */
  stop(): void {
    this.#stopped = true;
    for (const timeOut of this.#timeouts) timeOut();
  }

  #orTimeout(outcome: Promise<InvocationOutcome>, timeoutMs: number): Promise<InvocationOutcome> {
    return new Promise((resolve) => {
      const give = (result: InvocationOutcome) => {
        clearTimeout(timer);
        this.#timeouts.delete(timeOut);
        resolve(result);
      };
      const timeOut = () => give({ timedOut: true });
      const timer = setTimeout(timeOut, timeoutMs);
      this.#timeouts.add(timeOut);
      if (this.#stopped) timeOut();
      void outcome.then(give);
    });
  }
}

const run = async <Event>(
  handler: LambdaFunction<Event>,
  event: Event,
  context: InvocationContext,
): Promise<InvocationOutcome> => {
  try {
    return { returned: throughJson(await handler(throughJson(event) as Event, context)) };
  } catch (error) {
    return { threw: error };
  }
};

/** Throws for a value that cannot be JSON, as Lambda's runtime does. */
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

/** For the log: what a handler did instead of returning a usable result. */
export const describeFailure = (outcome: InvocationOutcome): string => {
  if ('timedOut' in outcome) return 'timed out';
  return 'threw' in outcome ? `threw ${text(outcome.threw)}` : 'returned nothing that can be used';
};

/** A handler may throw a value without a text, such as `Object.create(null)`. */
const text = (threw: unknown): string => {
  try {
    return String(threw);
  } catch {
    return 'what has no text';
  }
};
