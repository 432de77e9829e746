import type { SeededRandom } from '../seeded-random.js';
import type { World } from '../world.js';
import type { Instance } from './instance.js';

/** Where a part of the system runs. */
export interface Place {
  instance: Instance;
  world: World;
  random: SeededRandom;
}
