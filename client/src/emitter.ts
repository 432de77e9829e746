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

/** `isOn`: whether handlers of this event are to be called. One of them may end that for those after it. */
export const createEmitter = <Events extends { [K in keyof Events]: unknown[] }>(
  names: readonly (keyof Events)[],
  isOn: (event: keyof Events) => boolean = () => true,
): Emitter<Events> => {
  // In a cell each: components of one page may share a function, and take it off on their own.
  const events = new Map(names.map((name) => [name, new Set<[Handler<never>]>()]));
  return {
    on: (event, handler) => {
      const handlers = events.get(event);
      if (!handlers || typeof handler !== 'function')
        throw new SwitchboardError('unknown_event', `No event ${String(event)}, no function`);
      const cell: [Handler<never>] = [handler];
      handlers.add(cell);
      return () => {
        handlers.delete(cell);
      };
    },
    has: (event) => !!events.get(event)?.size,
    emit: (event, ...args) => {
      const handlers = events.get(event) as Set<[Handler<typeof args>]>;
      for (const cell of [...handlers])
        try {
          if (isOn(event) && handlers.has(cell)) cell[0](...args);
        } catch (error) {
          // A handler's mistake must not cost the other handlers their message, nor go unseen.
          void Promise.reject(error);
        }
    },
  };
};
