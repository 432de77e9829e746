import type { Device } from './device.js';
import { Operator } from './simulation/operator.js';
import type { World } from './simulation/world.js';

/** Kicks and newer tokens until the storm is over, at any moment of what clients do. */
export const operate = async (world: World, devices: readonly Device[], until: number): Promise<void> => {
  const { scheduler, ledger, settings, Client } = world;
  if (!settings.operated) return;
  const operator = new Operator(world);
  const random = world.random.fork(`operator at ${scheduler.now}`);
  while (scheduler.now < until) {
    await scheduler.sleep(random.between(0, PAUSE_MS));
    const { name, userId } = random.pick(devices);
    if (Client.comesBack && random.chance(0.3)) ledger.watch(operator.kick(userId));
    else operator.refresh(name, random.chance(0.5));
  }
};

const PAUSE_MS = 400;

/** Everyone may see everyone again. */
export const permitAll = (world: World, devices: readonly Device[]): void => {
  const operator = new Operator(world);
  for (const { name } of devices) operator.refresh(name, true);
};
