import type { Room } from '../../../protocol/names.js';
import { PROBES_PER_VERIFICATION } from '../../domain/limits/verification-limit.js';
import type { Roster } from '../../domain/roster.js';
import type { GoneMembers } from '../connections/gone-members.js';
import type { Random } from '../ports/random.js';
import type { RateLimiter } from '../ports/rate-limiter.js';

/** Removes members of a room whose connections are gone. It asks about a few connections at a time, and seldom. */
export class Verification {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly gone: GoneMembers,
    private readonly random: Random,
  ) {}

  /** Asks about some of a roster, other ones each time, except the calling connection. True: some were gone. */
  async removeGone(room: Room, { memberships }: Roster, connectionId: string): Promise<boolean> {
    const others = memberships.filter((one) => one.connectionId !== connectionId);
    if (others.length === 0 || (await this.limiter.verification(room)).outcome === 'limited') return false;
    const first = Math.floor(this.random.number() * others.length);
    const some = [...others.slice(first), ...others.slice(0, first)].slice(0, PROBES_PER_VERIFICATION);
    return (await this.gone.forget(some)).length > 0;
  }
}
