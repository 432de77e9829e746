import type { Device } from './device.js';
import { Operator } from './simulation/operator.js';
import type { SimulatedWorld } from './simulation/simulated-world.js';

/** Kicks, removals and newer tokens until the storm is over, at any moment of what clients do. */
export const operate = async (
  world: SimulatedWorld,
  devices: readonly Device[],
  until: number,
): Promise<void> => {
  const { operated, removes } = world.settings;
  await Promise.all([
    operated && kickAndRefresh(world, devices, until),
    removes && remove(world, devices, until),
  ]);
};

const PAUSE_MS = 400;

const kickAndRefresh = async (
  world: SimulatedWorld,
  devices: readonly Device[],
  until: number,
): Promise<void> => {
  const { scheduler, ledger } = world;
  const operator = new Operator(world);
  const random = world.random.fork(`operator at ${scheduler.now}`);
  while (scheduler.now < until) {
    await scheduler.sleep(random.between(0, PAUSE_MS));
    const { name, userId } = random.pick(devices);
    if (random.chance(0.3)) ledger.watch(operator.kick(userId));
    else operator.refresh(name, random.chance(0.5));
  }
};

const remove = async (world: SimulatedWorld, devices: readonly Device[], until: number): Promise<void> => {
  const { scheduler, ledger } = world;
  const operator = new Operator(world);
  const random = world.random.fork(`remover at ${scheduler.now}`);
  while (scheduler.now < until) {
    await scheduler.sleep(random.between(0, PAUSE_MS));
    const { userId, client } = random.pick(devices);
    const rooms = client.rooms().filter((room) => world.settings.rooms.includes(room));
    if (rooms.length > 0) ledger.watch(operator.remove(userId, random.pick(rooms)));
  }
};

/** Everyone may see everyone again. */
export const permitAll = (world: SimulatedWorld, devices: readonly Device[]): void => {
  const operator = new Operator(world);
  for (const { name } of devices) operator.refresh(name, true);
};
