import { Operator } from '../simulation/operator.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';
import type { Device } from './device.js';

/** Kicks users, removes them from rooms and refreshes tokens at random until the storm is over. */
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

/** Gives every user a token that shows the other members again. */
export const permitAll = (world: SimulatedWorld, devices: readonly Device[]): void => {
  const operator = new Operator(world);
  for (const { name } of devices) operator.refresh(name, true);
};
