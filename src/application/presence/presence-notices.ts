import type { AnnouncedState } from '../../../protocol/member-state.js';
import { encode } from '../../domain/json/encode.js';
import { ASK_AFTER_MS } from '../../domain/limits/notice-limit.js';
import { shownStates } from '../../domain/member-page.js';
import { isSame, type MemberState, stampOf } from '../../domain/member-state.js';
import type { Membership } from '../../domain/membership.js';
import {
  digestOf,
  hasLeft,
  isFirstOfUser,
  isOlder,
  isStamped,
  newestOf,
  type Roster,
  type StampedMembership,
} from '../../domain/roster.js';
import type { Pusher } from '../delivery/pusher.js';
import type { Clock } from '../ports/clock.js';
import type { MemberStates } from '../ports/member-states.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { NoticeBudget } from './notice-budget.js';
import type { Rosters } from './rosters.js';

const NOTICE_MS = 1_000;

interface Change {
  joined?: readonly string[];
  left?: readonly string[];
  states?: readonly AnnouncedState[];
}

interface Entering {
  /** Its connection was not in the room before. */
  isNew: boolean;
  said?: MemberState | undefined;
  /** Once this budget is used up, notices are left out. */
  budget?: NoticeBudget | undefined;
}

/**
 * Tells a room who came and who went, with their states. Notices are hints, and only sent in rooms whose whole roster can be
 * read. A room has a limit of notices a second: the notice that uses it up says when to ask for the roster, and later ones
 * are left out. Each has a digest of the roster, so that a client knows when it missed a notice.
 */
export class PresenceNotices {
  constructor(
    private readonly rosters: Rosters,
    private readonly states: MemberStates,
    private readonly push: Pusher,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
  ) {}

  /** Call it with the roster as it is after a membership, or its state, was written. */
  async entered(membership: Membership, roster: Roster, { isNew, said, budget }: Entering): Promise<void> {
    if (roster.truncated) return;
    const { userId, connectionId } = membership;
    const joined = isNew && isFirstOfUser(membership, roster) ? [userId] : [];
    const newest = newestOf(roster.memberships).get(userId);
    const isShown = newest?.connectionId === connectionId && said && isSame(newest.stamp, stampOf(said));
    if (joined.length === 0 && !isShown) return;
    const states = said && isShown ? [{ user: userId, ...said }] : undefined;
    const others = roster.memberships.filter((other) => other.connectionId !== connectionId);
    await this.#tell(roster, others, membership.room, { joined, ...(states && { states }) }, { budget });
  }

  /** Call it after removing the membership. From `deadline` on (epoch milliseconds) it sends no notice. */
  async left(membership: Membership, deadline = Number.POSITIVE_INFINITY): Promise<void> {
    if (deadline <= this.clock.now()) return;
    const { room, userId } = membership;
    const roster = await this.rosters.read(room);
    if (roster.truncated) return;
    const change = hasLeft(userId, roster)
      ? { left: [userId] }
      : isStamped(membership) && (await this.#stateWithout(membership, roster));
    if (change) await this.#tell(roster, roster.memberships, room, change, { deadline });
  }

  /** The state to show for a user after the device with their state has left; undefined if nothing changes. */
  async #stateWithout(gone: StampedMembership, roster: Roster): Promise<Change | undefined> {
    const { room, userId: user, stamp } = gone;
    const newest = newestOf(roster.memberships).get(user);
    if (newest && isOlder(gone, newest)) return undefined;
    // For example after a reconnect, when the new connection has set the same state again.
    if (newest && isSame(newest.stamp, stamp)) return undefined;
    const states = newest ? await this.states.read(room) : new Map();
    const said = shownStates(roster.memberships, states).get(user) ?? { user, state: null, counter: 0 };
    return { states: [{ ...said, replaces: stamp.counter }] };
  }

  async #tell(
    roster: Roster,
    to: readonly Membership[],
    room: string,
    { joined = [], left = [], states }: Change,
    { deadline = Number.POSITIVE_INFINITY, budget }: { deadline?: number; budget?: NoticeBudget | undefined },
  ): Promise<void> {
    const seeing = to.filter(({ withoutPresence }) => !withoutPresence);
    if (seeing.length === 0 || budget?.take(seeing.length) === false) return;
    const { outcome } = await this.limiter.notice(room, seeing.length);
    if (outcome === 'limited') return;
    const askAfterMs = outcome === 'last' ? { askAfterMs: ASK_AFTER_MS } : {};
    const change = { joined, left, ...(states && { states }) };
    const frame = encode({ type: 'presence', room, ...change, digest: digestOf(roster), ...askAfterMs });
    await this.push.toAll(seeing, [frame], Math.min(deadline, this.clock.now() + NOTICE_MS));
  }
}
