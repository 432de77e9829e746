import type { Bug } from '../bugs/bug.js';
import type { Audience, Platform, TortureClient } from '../client/torture-client.js';
import type { SimulatedQueue } from './aws/simulated-queue.js';
import type { Faults } from './faults.js';
import type { Gateway } from './gateway.js';
import type { Fleet } from './instances/fleet.js';
import type { Sessions } from './instances/sessions.js';
import type { Ledger } from './ledger.js';
import type { Removals } from './removals.js';
import type { Sayings } from './sayings.js';
import type { Scheduler } from './scheduler.js';
import type { SeededRandom } from './seeded-random.js';
import type { Settings } from './settings.js';
import type { Store } from './store/store.js';

/** All that one run consists of. */
export interface World {
  readonly settings: Settings;
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  fleet: Fleet;
  gateway: Gateway;
  store: Store;
  queue: SimulatedQueue;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly removals: Removals;
  readonly sayings: Sayings;
  readonly bug: Bug | undefined;
  /** The library behind the devices. */
  readonly Client: new (
    userId: string,
    platform: Platform,
    audience: Audience,
  ) => TortureClient;
  /** When time jumps next. */
  jumpAt: number;
  /** When it jumped last. */
  jumpedAt: number;
  /** Changes when the storm is over. */
  faults: Faults;
  /** A line for people; made only when it is read. */
  trace(line: () => string): void;
}
