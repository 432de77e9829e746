import { ROOMS_PER_CONNECTION } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import { parsePermissions } from '../../domain/access/permissions.js';
import type { Session } from '../../domain/access/session.js';
import { ClientError } from '../../domain/client-error.js';
import type { Connection } from '../../domain/connection.js';
import type { MemberState } from '../../domain/member-state.js';
import type { Roster } from '../../domain/roster.js';
import type { MembershipRenewal } from '../access/membership-renewal.js';
import type { AccessPolicy } from '../ports/access-policy.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { MemberStates } from '../ports/member-states.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { NoticeBudget } from '../presence/notice-budget.js';
import type { PresenceNotices } from '../presence/presence-notices.js';
import type { Rosters } from '../presence/rosters.js';
import { settleAll } from '../settle-all.js';

interface Entering {
  budget?: NoticeBudget;
  said?: MemberState | undefined;
}

const HIDDEN: Roster = { memberships: [], users: [], truncated: true };

/** Makes a connection a member: publications after this has resolved are pushed to it. */
export class Memberships {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly rooms: RoomRepository,
    private readonly rosters: Rosters,
    private readonly states: MemberStates,
    private readonly notices: PresenceNotices,
    private readonly policy: AccessPolicy,
    private readonly renewal: MembershipRenewal,
    private readonly clock: Clock,
  ) {}

  /** @throws ClientError `session_unknown` */
  async connectionOf({ connectionId, connection: admitted, time }: Caller): Promise<Connection> {
    const connection = admitted ?? (await this.connections.find(connectionId, time?.signal));
    if (!connection) throw new ClientError('session_unknown');
    return connection;
  }

  /**
   * Resolves to the members that the caller may see, and to the result of `read`. `read` begins once the membership is
   * written: later publications are pushed to the new member, earlier ones are in the log. If it read first, it could miss a
   * publication in between.
   *
   * @throws ClientError `room_limit` or `session_unknown`: then it is no member, and nothing was announced
   */
  async add<Found>(
    caller: Caller,
    connection: Connection,
    room: Room,
    read: () => Promise<Found>,
    { budget, said }: Entering = {},
  ): Promise<{ roster: Roster; found: Found }> {
    const { connectionId, userId, connectedAt, expiresAt, tokenExpiresAt, rooms } = connection;
    if (!rooms.includes(room) && rooms.length >= ROOMS_PER_CONNECTION) throw new ClientError('room_limit');

    // Otherwise it would stay a member without knowing it.
    caller.time?.signal.throwIfAborted();
    const joinedAt = this.clock.now();
    let seesOthers = await this.policy.allows(caller, 'presence', room);
    const session = { tokenExpiresAt, ...(!seesOthers && { withoutPresence: true as const }) };
    const membership = { room, connectionId, userId, connectedAt, joinedAt, expiresAt, ...session };
    let reading: Promise<[Roster, Found]> | undefined;
    const joining = this.rooms.join(membership, () => {
      reading = settleAll([this.rosters.read(room), read()]);
      // It is awaited once the list is written, and may have failed long before.
      reading.catch(() => {});
    });
    const joined = await joining.finally(() => reading?.catch(() => {}));
    if (!('session' in joined)) throw new ClientError(joined.outcome);
    const { outcome, session: current } = joined;
    if (isNewer(current, { tokenExpiresAt, permissions: caller.permissions })) {
      const granted = parsePermissions(current.permissions);
      seesOthers = await this.renewal.renew({ userId, granted }, room, connectionId, current.tokenExpiresAt);
    }

    const [early, found] = await (reading as Promise<[Roster, Found]>);
    let roster = early;
    // A large room shows no states, and keeps none.
    if (said && !early.truncated) {
      await this.states.set(membership, said);
      roster = await this.rosters.read(room);
    }
    await this.notices.entered(membership, roster, { isNew: outcome === 'joined', said, budget });
    return { roster: seesOthers ? roster : HIDDEN, found };
  }
}

/** A refresh came meanwhile: it did not find the membership, or this membership has replaced the one it wrote. */
const isNewer = (current: Session, known: Session): boolean =>
  current.tokenExpiresAt !== undefined &&
  (current.tokenExpiresAt !== known.tokenExpiresAt || current.permissions !== known.permissions);
