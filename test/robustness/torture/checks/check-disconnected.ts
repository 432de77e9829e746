import type { SimulatedConnection } from '../simulation/gateway/simulated-connection.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';

/** Wait this often for a moment in which no instance is busy with the connection; otherwise skip the check. */
const TRIES = 100;

/** A connection whose `$disconnect` was handled without faults leaves no rows. */
export const checkDisconnected = async (
  world: SimulatedWorld,
  connection: SimulatedConnection,
): Promise<void> => {
  const { ledger, scheduler, fleet, store } = world;
  const { id } = connection;
  for (let tries = 0; tries < TRIES && !ledger.troubled.has(id); tries += 1) {
    if (connection.busy === 0 && !fleet.isWriting(id)) {
      for (const { room, connectionId } of await store.members())
        if (connectionId === id)
          ledger.violate('ghosts', `${id} is in ${room}, though its $disconnect was done`);
      if (!ledger.goneAt.has(id)) ledger.goneAt.set(id, scheduler.now);
      return;
    }
    await scheduler.sleep(20);
  }
};
