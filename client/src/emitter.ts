import { SwitchboardError } from './switchboard-error.js';

type Handler<Args extends unknown[]> = (...args: Args) => void;

/** Typed events by name. */
export class Emitter<Events extends { [K in keyof Events]: unknown[] }> {
  readonly #handlers: ReadonlyMap<keyof Events, Set<Handler<never>>>;

  constructor(events: readonly (keyof Events)[]) {
    this.#handlers = new Map(events.map((event) => [event, new Set()]));
  }

  /** Returns the function that takes the handler off again. */
  readonly on = <K extends keyof Events>(event: K, handler: Handler<Events[K]>): (() => void) => {
    const handlers = this.#handlers.get(event);
    if (!handlers || typeof handler !== 'function')
      throw new SwitchboardError('unknown_event', `No event ${JSON.stringify(event)}, or no function`);
    handlers.add(handler);
    return () => {
      handlers.delete(handler);
    };
  };

  /** @internal */
  emit<K extends keyof Events>(event: K, ...args: Events[K]): void {
    for (const handler of [...(this.#handlers.get(event) as Set<Handler<Events[K]>>)]) {
      try {
        handler(...args);
      } catch (error) {
        // A handler's mistake must not cost the other handlers their message, nor go unseen.
        void Promise.reject(error);
      }
    }
  }
}
