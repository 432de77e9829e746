import type { Bug } from '../bugs/bug.js';
import type { Audience, Platform, TortureClient } from '../client/torture-client.js';
import type { SimulatedQueue } from './aws/simulated-queue.js';
import type { FaultRates } from './fault-rates.js';
import type { SimulatedGateway } from './gateway/simulated-gateway.js';
import type { Fleet } from './instances/fleet.js';
import type { Sessions } from './instances/sessions.js';
import type { Ledger } from './records/ledger.js';
import type { Removals } from './records/removals.js';
import type { StatesAndSignals } from './records/states-and-signals.js';
import type { RunSettings } from './run-settings.js';
import type { SeededRandom } from './seeded-random.js';
import type { Store } from './store/store.js';
import type { Scheduler } from './time/scheduler.js';

/** The parts of one run. */
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
  /** The client class of the devices. */
  readonly Client: new (
    userId: string,
    platform: Platform,
    audience: Audience,
  ) => TortureClient;
  /** When time jumps next. */
  jumpAt: number;
  /** When it jumped last. */
  jumpedAt: number;
  /** Replaced when the storm is over. */
  faults: FaultRates;
  /** Adds a line to the trace; the text is made only if it is read. */
  trace(line: () => string): void;
}
