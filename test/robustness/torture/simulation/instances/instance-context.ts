import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';
import type { Instance } from './instance.js';

/** Where a part of the system runs. */
export interface InstanceContext {
  instance: Instance;
  world: SimulatedWorld;
  random: SeededRandom;
}
