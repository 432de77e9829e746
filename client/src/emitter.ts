import { SwitchboardError } from './switchboard-error.js';

type Handler<Args extends unknown[]> = (...args: Args) => void;

/** Typed events by name. */
export interface Emitter<Events extends { [K in keyof Events]: unknown[] }> {
  /** Returns a function that removes the handler. */
  on<K extends keyof Events>(event: K, handler: Handler<Events[K]>): () => void;
  /** Whether there is a handler. */
  has(event: keyof Events): boolean;
  emit<K extends keyof Events>(event: K, ...args: Events[K]): void;
}

export const createEmitter = <Events extends { [K in keyof Events]: unknown[] }>(
  names: readonly (keyof Events)[],
): Emitter<Events> => {
  const events = new Map(names.map((name) => [name, new Set<Handler<never>>()]));
  return {
    on: (event, handler) => {
      const handlers = events.get(event);
      if (!handlers || typeof handler !== 'function')
        throw new SwitchboardError('unknown_event', `No event ${JSON.stringify(event)}, or no function`);
      handlers.add(handler);
      return () => {
        handlers.delete(handler);
      };
    },
    has: (event) => !!events.get(event)?.size,
    emit: (event, ...args) => {
      for (const handler of [...(events.get(event) as Set<Handler<typeof args>>)])
        try {
          handler(...args);
        } catch (error) {
          // A handler's mistake must not cost the other handlers their message, nor go unseen.
          void Promise.reject(error);
        }
    },
  };
};
