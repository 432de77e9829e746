import type { Device } from './device.js';
import type { World } from './simulation/world.js';

/**
 * A week or so without any activity: nothing that was under way survives it but some writes, some of what has
 * expired is swept, and everybody comes back at once, with keys and cursors from before.
 */
export const jumpAhead = (world: World, devices: readonly Device[], jumpMs: number): void => {
  const { scheduler, fleet, gateway, random } = world;
  world.trace(() => `${jumpMs} ms pass`);
  for (const { client } of devices) client.forsake();
  fleet.killAll({ butSleepers: true });
  for (const { id } of gateway.connections.values()) gateway.hangUp(id);
  fleet.killAll({ butSleepers: true });
  scheduler.jump(jumpMs);
  for (const rows of [world.connections, world.messages]) {
    for (const item of ['CONNECTION#', 'ROOM#', 'BOUNDS#', 'LOG#', 'CLAIM#'].flatMap((prefix) =>
      rows.all(prefix),
    )) {
      const expired = item.ttl !== undefined && Number(item.ttl) * 1_000 < scheduler.now;
      if (expired && random.chance(0.5)) rows.delete(item);
    }
  }
};
