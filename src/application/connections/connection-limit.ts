import { inboxOf } from '../../../protocol/names.js';
import type { Identity } from '../../domain/access/identity.js';
import type { Membership } from '../../domain/membership.js';
import type { Clock } from '../ports/clock.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { ConnectionCleanup } from './connection-cleanup.js';
import type { GoneMembers } from './gone-members.js';

/** How long to wait for connections that are still opening, so that the limit is never exceeded, and how often to look. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

/**
 * Enforces how many connections a user may have. It checks after the connection was written: the last connection to be
 * written sees all the others, so the limit is never exceeded. When many open at once, the newest ones give way, and the
 * older ones wait for that.
 */
export class ConnectionLimit {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly rooms: RoomRepository,
    private readonly gone: GoneMembers,
    private readonly cleanup: ConnectionCleanup,
    private readonly clock: Clock,
  ) {}

  async admits(identity: Identity): Promise<boolean> {
    const most = this.limiter.connectionsPerUser;
    if (!Number.isFinite(most)) return true;
    if (await this.#hasRoom(identity, most)) return true;
    await this.cleanup.forget(identity.connectionId);
    return false;
  }

  async #hasRoom(identity: Identity, most: number): Promise<boolean> {
    const deadline = this.clock.now() + PATIENCE_MS;
    let others = await this.#others(identity);
    // Connections that broke without a $disconnect must not shut their user out.
    if (others.length >= most && (await this.limiter.probe(identity.userId)).outcome === 'admitted')
      others = await this.#withoutGone(others, 2 * most);
    while (others.length >= most) {
      const mustGiveWay = others.filter((other) => precedes(other, identity)).length >= most;
      if (mustGiveWay || this.clock.now() >= deadline) return false;
      await this.clock.sleep(PAUSE_MS);
      others = await this.#others(identity);
    }
    return true;
  }

  async #others({ userId, connectionId }: Identity): Promise<Membership[]> {
    const others: Membership[] = [];
    for await (const page of this.rooms.members(inboxOf(userId)))
      others.push(...page.filter((other) => other.connectionId !== connectionId));
    return others;
  }

  async #withoutGone(others: readonly Membership[], atMost: number): Promise<Membership[]> {
    const oldest = others.toSorted((a, b) => a.connectedAt - b.connectedAt).slice(0, atMost);
    const gone = new Set(await this.gone.forget(oldest));
    return others.filter((other) => !gone.has(other));
  }
}

const precedes = (other: Membership, identity: Identity): boolean =>
  other.connectedAt < identity.connectedAt ||
  (other.connectedAt === identity.connectedAt && other.connectionId < identity.connectionId);
