import type { Device } from './device.js';
import type { SimulatedWorld } from './simulation/simulated-world.js';

/**
 * A week or so without any activity: nothing that was under way survives it but some writes, some of what has
 * expired is swept, and everybody comes back at once, with keys and cursors from before.
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
