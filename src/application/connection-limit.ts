import type { Caller } from '../domain/caller.js';
import type { Membership } from '../domain/membership.js';
import { inboxOf } from '../domain/room.js';
import type { Forget } from './forget.js';
import type { ClientNotifier } from './ports/client-notifier.js';
import type { Clock } from './ports/clock.js';
import type { RateLimiter } from './ports/rate-limiter.js';
import type { RoomRepository } from './ports/room-repository.js';

const PROBE_MS = 2_000;

/**
 * How many connections a user may have. Asked after the connection was written: of many that open at once, each sees all
 * that were before it, so exactly as many stay as may.
 */
export class ConnectionLimit {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly rooms: RoomRepository,
    private readonly clients: ClientNotifier,
    private readonly forget: Forget,
    private readonly clock: Clock,
    /** How long a connection may be opening, in milliseconds: `@connections` does not know it yet. */
    private readonly openingMs: number,
  ) {}

  async admits(caller: Caller): Promise<boolean> {
    const most = this.limiter.connectionsPerUser;
    if (!Number.isFinite(most)) return true;
    const before = await this.#before(caller);
    if (before.length < most) return true;

    // Somebody whose connections broke without a $disconnect must not be shut out by them.
    const deadline = this.clock.now() + PROBE_MS;
    const gone = await Promise.all(
      before.slice(0, 2 * most).map((membership) => this.#isGone(membership, deadline)),
    );
    if (before.length - gone.filter(Boolean).length < most) return true;

    await this.forget.connection(caller.connectionId);
    return false;
  }

  async #before({ userId, connectedAt, connectionId }: Caller): Promise<Membership[]> {
    const before: Membership[] = [];
    for await (const page of this.rooms.members(inboxOf(userId))) {
      const older = page.filter(
        (other) =>
          other.connectedAt < connectedAt ||
          (other.connectedAt === connectedAt && other.connectionId < connectionId),
      );
      before.push(...older);
    }
    return before;
  }

  async #isGone(membership: Membership, deadline: number): Promise<boolean> {
    const { connectionId, connectedAt } = membership;
    if (this.clock.now() - connectedAt < this.openingMs) return false;
    if ((await this.clients.probe(connectionId, deadline)) !== 'gone') return false;
    await this.forget.member(membership);
    return true;
  }
}
