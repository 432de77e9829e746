import { Listener } from '../checks/listener.js';
import type { Platform, TortureClient } from '../client/torture-client.js';
import type { SeededRandom } from '../simulation/seeded-random.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';
import type { Timer } from '../simulation/time/scheduler.js';

/** A user's browser: a client, and a listener that checks what the user sees. */
export interface Device {
  name: string;
  userId: string;
  client: TortureClient;
  listener: Listener;
  random: SeededRandom;
  /** Publications with a key that were never answered, by `room key`. */
  unanswered: Map<string, { room: string; key: string; data: unknown }>;
}

export const createDevice = (world: SimulatedWorld, index: number): Device => {
  const { scheduler, settings, gateway, ledger } = world;
  const name = `d${String(index).padStart(2, '0')}`;
  const userId = `u${index % settings.users}`;
  const random = world.random.fork(name);
  const listener = new Listener(name, userId, ledger);
  const chance = random.fork('client');
  const platform: Platform = {
    WebSocket: gateway.socketsOf(name),
    clock: {
      now: () => scheduler.now,
      setTimeout: (callback, ms) => scheduler.after(ms, callback),
      clearTimeout: (timer) => timer !== undefined && scheduler.cancel(timer as Timer),
    },
    random: () => chance.number(),
  };
  return {
    name,
    userId,
    random,
    listener,
    client: new world.Client(userId, platform, listener),
    unanswered: new Map(),
  };
};
