import type { Device } from './actors/device.js';
import type { SimulatedWorld } from './simulation/simulated-world.js';

/**
 * Skips about a week without activity. Only some writes under way survive, some expired rows are deleted, and all
 * clients come back at once with their old keys and cursors.
 */
export const jumpAhead = async (
  world: SimulatedWorld,
  devices: readonly Device[],
  jumpMs: number,
): Promise<void> => {
  const { scheduler, fleet, gateway } = world;
  world.trace(() => `${jumpMs} ms pass`);
  for (const { client } of devices) client.forsake();
  fleet.killAll({ butSleepers: true });
  for (const { id } of gateway.connections.values()) gateway.hangUp(id);
  fleet.killAll({ butSleepers: true });
  scheduler.jump(jumpMs);
  await world.store.sweep();
};
