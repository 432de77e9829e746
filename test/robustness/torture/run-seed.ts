import { readQueueSettings } from '../../../src/entry/local/queue/queue-settings.js';
import { actAtRandom } from './act-at-random.js';
import type { Bug } from './bugs/bug.js';
import { ModelClient } from './client/model-client.js';
import { createDevice } from './device.js';
import { jumpAhead } from './jump-ahead.js';
import { operate } from './operate.js';
import { sendStatesAndSignals } from './send-states-and-signals.js';
import { settle } from './settle.js';
import { SimulatedDynamoDB } from './simulation/aws/simulated-dynamodb.js';
import { SimulatedQueue } from './simulation/aws/simulated-queue.js';
import { Fleet } from './simulation/instances/fleet.js';
import { Sessions } from './simulation/instances/sessions.js';
import { Ledger, type Violation } from './simulation/ledger.js';
import { Removals } from './simulation/removals.js';
import { drawSettings, type RunSettings } from './simulation/run-settings.js';
import { Scheduler } from './simulation/scheduler.js';
import { SeededRandom } from './simulation/seeded-random.js';
import { SimulatedGateway } from './simulation/simulated-gateway.js';
import type { SimulatedWorld } from './simulation/simulated-world.js';
import { StatesAndSignals } from './simulation/states-and-signals.js';
import type { Store } from './simulation/store/store.js';
import { virtualGlobals } from './simulation/virtual-globals.js';

export interface SeedResult {
  seed: number;
  settings: RunSettings;
  violations: readonly Violation[];
  counts: Readonly<Record<string, number>>;
  trace: readonly string[];
}

export interface SeedOptions {
  bug?: Bug | undefined;
  /** Whether to write down what happens. */
  traced?: boolean;
  /** Rules that end the run when they are broken. */
  stopAt?: readonly string[];
  /** Default: as simple a client as there can be. */
  Client?: SimulatedWorld['Client'];
  /** Default: simulated tables of DynamoDB, and their stream. */
  createStore?: (world: SimulatedWorld) => Store | Promise<Store>;
}

const STARTED_AT = 1_760_000_000_000;
const TEMPLATE = new URL('../../../serverless.yml', import.meta.url);
const pieces = readQueueSettings(TEMPLATE, 'pieces', 'PieceQueue');

const onDynamoDB = (world: SimulatedWorld): Store => new SimulatedDynamoDB(world);

/** One run, the same for the same seed. */
export const runSeed = async (
  seed: number,
  { bug, traced = false, stopAt = [], Client = ModelClient, createStore = onDynamoDB }: SeedOptions = {},
): Promise<SeedResult> => {
  const random = new SeededRandom(String(seed));
  const settings = drawSettings(random.fork('settings'));
  const scheduler = new Scheduler(STARTED_AT);
  const trace: string[] = [];
  const ledger = new Ledger((rule) => stopAt.includes(rule) && scheduler.stop());
  const world = {
    settings,
    scheduler,
    random,
    bug,
    Client,
    ledger,
    sessions: new Sessions(),
    removals: new Removals(),
    statesAndSignals: new StatesAndSignals(),
    faults: settings.faults,
    jumpAt: Number.POSITIVE_INFINITY,
    jumpedAt: Number.NEGATIVE_INFINITY,
    trace: (line: () => string) => {
      if (traced) trace.push(`${scheduler.now - STARTED_AT} ${line()}`);
    },
  } as unknown as SimulatedWorld;
  world.fleet = new Fleet(world);
  world.gateway = new SimulatedGateway(world);
  world.store = await createStore(world);
  world.queue = new SimulatedQueue(world, pieces);

  const restore = virtualGlobals(scheduler);
  try {
    await scheduler.run(tellStory(world));
  } catch (error) {
    ledger.violate('rest', String((error as Error).stack));
  } finally {
    restore();
    await world.store.close?.();
  }
  ledger.count('steps', scheduler.steps);
  ledger.count('invocations', world.fleet.invocations.length);
  ledger.count(
    'operations',
    world.fleet.invocations.reduce((sum, { operations }) => sum + operations, 0),
  );
  ledger.count(
    'faults',
    world.fleet.invocations.reduce((sum, { faults }) => sum + faults.length, 0),
  );
  ledger.count('deaths', world.fleet.invocations.filter(({ died }) => died).length);
  ledger.count('acks', ledger.acks.length);
  ledger.count('publications', ledger.stored.size);
  ledger.count(
    'epochs replaced',
    [...ledger.epochs.values()].reduce((sum, { length }) => sum + length - 1, 0),
  );
  ledger.count('connections', world.gateway.connections.size);
  return { seed, settings, violations: ledger.violations, counts: ledger.counts, trace };
};

const tellStory = async (world: SimulatedWorld): Promise<void> => {
  const { scheduler, settings } = world;
  const devices = Array.from({ length: settings.clients }, (_, index) => createDevice(world, index));
  const { fromMs, untilMs } = settings.wrongClock ?? {};
  for (const ms of [fromMs, untilMs])
    if (ms !== undefined) scheduler.after(ms, () => world.ledger.steps.push(scheduler.now));
  const storm = (ms: number) =>
    Promise.all([
      operate(world, devices, scheduler.now + ms),
      ...devices.map((device) => actAtRandom(world, device, scheduler.now + ms)),
      ...devices.map((device) => sendStatesAndSignals(world, device, scheduler.now + ms)),
    ]);
  for (const jumpMs of settings.jumpsMs) {
    const before = storm(settings.stormMs);
    world.jumpAt = scheduler.now + settings.stormMs / 2;
    await scheduler.sleep(settings.stormMs / 2);
    world.jumpAt = Number.POSITIVE_INFINITY;
    await jumpAhead(world, devices, jumpMs);
    world.jumpedAt = scheduler.now;
    await before;
  }
  // A caller that still waits for an answer by then gets one in the end.
  const lull = scheduler.sleep(settings.stormMs).then(() => {
    world.faults = { ...world.faults, death: 0 };
  });
  await storm(settings.stormMs);
  await lull;
  await settle(world, devices);
};
