import { checkDisconnected } from '../checks/check-disconnected.js';
import { issue } from './aws/simulated-tokens.js';
import type { SimulatedWorld } from './simulated-world.js';

/** Kicks users, removes them from rooms and refreshes their tokens, whatever their clients are doing. */
export class Operator {
  constructor(private readonly world: SimulatedWorld) {}

  /** A connection that still exists after it has returned, or is answered later, breaks a promise. */
  async kick(userId: string): Promise<void> {
    const { gateway, fleet, ledger, scheduler, sessions, settings } = this.world;
    const present = [...gateway.connections.values()].filter(
      (one) => one.userId === userId && one.state !== 'closed',
    );
    const open = present.filter(({ state, connectMs }) => state === 'open' && connectMs < settings.openingMs);
    ledger.count('kicks');
    this.world.trace(() => `${userId} is kicked: ${present.map(({ id }) => id).join(' ')}`);
    const ids = present.map(({ id }) => id);
    sessions.kickBegins(userId, ids);
    gateway.leaving(ids);
    const { result, invocation } = await fleet.kick(userId);
    sessions.kickEnds(userId);
    if (!result || invocation.faults.length > 0) return;
    for (const connection of open.filter(({ id }) => !ledger.troubled.has(id))) {
      sessions.kicked(connection.id, scheduler.now);
      if (connection.state !== 'closed') ledger.violate('kicks', `${connection.id} is still open`);
      ledger.watch(checkDisconnected(this.world, connection));
    }
  }

  async remove(userId: string, room: string): Promise<void> {
    const { gateway, fleet, ledger, scheduler, removals } = this.world;
    const present = [...gateway.connections.values()].filter(
      (one) => one.userId === userId && one.state !== 'closed',
    );
    ledger.count('removals');
    this.world.trace(() => `${userId} is taken out of ${room}`);
    const haveLeft = gateway.removing(present, room);
    removals.begins(userId, room);
    const { result, invocation } = await fleet.removeUser(userId, room);
    removals.ends(userId, room, scheduler.now);
    if (result && invocation.faults.length === 0) haveLeft();
  }

  /** `sees`: whether the new token permits seeing the other members of a room. */
  refresh(device: string, sees: boolean): void {
    const { gateway, scheduler, ledger } = this.world;
    const connection = gateway.currentOf(device);
    if (connection?.state !== 'open') return;
    ledger.count('refreshes');
    const token = issue(connection.userId, scheduler.now, sees);
    gateway.receive(connection.id, JSON.stringify({ action: 'refresh', id: 'operator', token }));
  }
}
