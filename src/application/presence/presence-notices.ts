import { encode } from '../../domain/json/encode.js';
import { ASK_AFTER_MS } from '../../domain/limits/notice-limit.js';
import type { Membership } from '../../domain/membership.js';
import { hasLeft, isFirstOfUser, type Roster } from '../../domain/roster.js';
import type { Pusher } from '../delivery/pusher.js';
import type { Clock } from '../ports/clock.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { NoticeBudget } from './notice-budget.js';
import type { Rosters } from './rosters.js';

const NOTICE_MS = 1_000;

/**
 * Tells a room who came and who went: hints, in rooms whose roster is short enough to be read whole. Each room takes so
 * many a second; the one that uses this up says when to ask who is there, and those beyond are left out.
 */
export class PresenceNotices {
  constructor(
    private readonly rosters: Rosters,
    private readonly push: Pusher,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
  ) {}

  /** With a budget that is used up, the hint is left out. */
  async joined(membership: Membership, roster: Roster, budget?: NoticeBudget): Promise<void> {
    if (roster.truncated || !isFirstOfUser(membership, roster)) return;
    const others = roster.memberships.filter(({ connectionId }) => connectionId !== membership.connectionId);
    await this.#tell(membership, others, { joined: [membership.userId], left: [] }, { budget });
  }

  /**
   * Call it after removing the membership. From `deadline` on (epoch milliseconds) it sends no notice.
   */
  async left(membership: Membership, deadline = Number.POSITIVE_INFINITY): Promise<void> {
    if (deadline <= this.clock.now()) return;
    const roster = await this.rosters.read(membership.room);
    if (roster.truncated || !hasLeft(membership.userId, roster)) return;
    await this.#tell(membership, roster.memberships, { joined: [], left: [membership.userId] }, { deadline });
  }

  async #tell(
    { room }: Membership,
    to: readonly Membership[],
    change: { joined: string[]; left: string[] },
    { deadline = Number.POSITIVE_INFINITY, budget }: { deadline?: number; budget?: NoticeBudget | undefined },
  ): Promise<void> {
    const seeing = to.filter(({ withoutPresence }) => !withoutPresence);
    if (seeing.length === 0 || budget?.take(seeing.length) === false) return;
    const { outcome } = await this.limiter.notice(room, seeing.length);
    if (outcome === 'limited') return;
    const askAfterMs = outcome === 'last' ? { askAfterMs: ASK_AFTER_MS } : {};
    const frame = encode({ type: 'presence', room, ...change, ...askAfterMs });
    await this.push.toAll(seeing, [frame], Math.min(deadline, this.clock.now() + NOTICE_MS));
  }
}
