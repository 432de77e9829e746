import { encode } from '../../domain/encode.js';
import type { Membership } from '../../domain/membership.js';
import { hasLeft, isFirstOfUser, type Roster } from '../../domain/roster.js';
import type { Consequences, Push } from '../delivery/push.js';
import type { Clock } from '../ports/clock.js';
import type { ReadRoster } from './read-roster.js';

const NOTICE_MS = 1_000;

export interface NoticeOptions {
  after?: Consequences | undefined;
  /** Epoch milliseconds; from then on the hint is left out. */
  deadline?: number | undefined;
}

/**
 * Tells a room who came and who went: hints, in rooms whose roster is short enough to be read whole. Where `after` is
 * given, those whom the notice finds gone are forgotten, and sessions that have expired are ended. Who forgets somebody
 * leaves it out: in a room full of those who are gone, each that is forgotten would find all the others.
 */
export class PresenceNotices {
  constructor(
    private readonly rosters: ReadRoster,
    private readonly push: Push,
    private readonly clock: Clock,
  ) {}

  async joined(membership: Membership, roster: Roster, after?: Consequences): Promise<void> {
    if (roster.truncated || !isFirstOfUser(membership, roster)) return;
    const others = roster.memberships.filter(({ connectionId }) => connectionId !== membership.connectionId);
    await this.#tell(membership, others, { joined: [membership.userId], left: [] }, { after });
  }

  /** To be called once the membership is removed, by whoever removed it. */
  async left(membership: Membership, { after, deadline }: NoticeOptions = {}): Promise<void> {
    if (deadline !== undefined && deadline <= this.clock.now()) return;
    const roster = await this.rosters.execute(membership.room);
    if (roster.truncated || !hasLeft(membership.userId, roster)) return;
    await this.#tell(
      membership,
      roster.memberships,
      { joined: [], left: [membership.userId] },
      { after, deadline },
    );
  }

  async #tell(
    { room }: Membership,
    to: readonly Membership[],
    change: { joined: string[]; left: string[] },
    { after, deadline = Number.POSITIVE_INFINITY }: NoticeOptions,
  ): Promise<void> {
    const frame = encode({ type: 'presence', room, ...change });
    const seeing = to.filter(({ withoutPresence }) => !withoutPresence);
    await this.push.toAll(seeing, [frame], Math.min(deadline, this.clock.now() + NOTICE_MS), after);
  }
}
