import type { Bug } from '../bugs/bug.js';
import type { Audience, Platform, TortureClient } from '../client/torture-client.js';
import type { SimulatedQueue } from './aws/simulated-queue.js';
import type { FaultRates } from './fault-rates.js';
import type { Fleet } from './instances/fleet.js';
import type { Sessions } from './instances/sessions.js';
import type { Ledger } from './ledger.js';
import type { Removals } from './removals.js';
import type { RunSettings } from './run-settings.js';
import type { Scheduler } from './scheduler.js';
import type { SeededRandom } from './seeded-random.js';
import type { SimulatedGateway } from './simulated-gateway.js';
import type { StatesAndSignals } from './states-and-signals.js';
import type { Store } from './store/store.js';

/** All that one run consists of. */
export interface SimulatedWorld {
  readonly settings: RunSettings;
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  fleet: Fleet;
  gateway: SimulatedGateway;
  store: Store;
  queue: SimulatedQueue;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly removals: Removals;
  readonly statesAndSignals: StatesAndSignals;
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
  faults: FaultRates;
  /** A line for people; made only when it is read. */
  trace(line: () => string): void;
}
