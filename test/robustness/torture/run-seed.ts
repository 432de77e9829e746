import { readQueueSettings } from '../../../src/entry/local/queue/queue-settings.js';
import { actAtRandom } from './actors/act-at-random.js';
import { createDevice } from './actors/device.js';
import { operate } from './actors/operate.js';
import { sendStatesAndSignals } from './actors/send-states-and-signals.js';
import type { Bug } from './bugs/bug.js';
import { ModelClient } from './client/model-client.js';
import { jumpAhead } from './jump-ahead.js';
import { settle } from './settle.js';
import { SimulatedDynamoDB } from './simulation/aws/simulated-dynamodb.js';
import { SimulatedQueue } from './simulation/aws/simulated-queue.js';
import { SimulatedGateway } from './simulation/gateway/simulated-gateway.js';
import { Fleet } from './simulation/instances/fleet.js';
import { Sessions } from './simulation/instances/sessions.js';
import { Ledger, type Violation } from './simulation/records/ledger.js';
import { Removals } from './simulation/records/removals.js';
import { StatesAndSignals } from './simulation/records/states-and-signals.js';
import { drawSettings, type RunSettings } from './simulation/run-settings.js';
import { SeededRandom } from './simulation/seeded-random.js';
import type { SimulatedWorld } from './simulation/simulated-world.js';
import type { Store } from './simulation/store/store.js';
import { Scheduler } from './simulation/time/scheduler.js';
import { virtualGlobals } from './simulation/time/virtual-globals.js';

export interface SeedResult {
  seed: number;
  settings: RunSettings;
  violations: readonly Violation[];
  counts: Readonly<Record<string, number>>;
  trace: readonly string[];
}

export interface SeedOptions {
  bug?: Bug | undefined;
  /** Whether to record a trace. */
  traced?: boolean;
  /** Rules whose violation ends the run. */
  stopAt?: readonly string[];
  /** Default: the simplest client. */
  Client?: SimulatedWorld['Client'];
  /** Default: simulated tables of DynamoDB, and their stream. */
  createStore?: (world: SimulatedWorld) => Store | Promise<Store>;
}

const STARTED_AT = 1_760_000_000_000;
const TEMPLATE = new URL('../../../serverless.yml', import.meta.url);
const pieces = readQueueSettings(TEMPLATE, 'pieces', 'PieceQueue');

const onDynamoDB = (world: SimulatedWorld): Store => new SimulatedDynamoDB(world);

/** Runs one seed; the same seed always gives the same run. */
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
  // A caller that still waits then gets an answer in the end.
  const lull = scheduler.sleep(settings.stormMs).then(() => {
    world.faults = { ...world.faults, death: 0 };
  });
  await storm(settings.stormMs);
  await lull;
  await settle(world, devices);
};
