import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';
import type { Instance } from './instance.js';

/** The instance, world and random numbers of a part of the system. */
export interface InstanceContext {
  instance: Instance;
  world: SimulatedWorld;
  random: SeededRandom;
}
