import type { Room } from '../../../protocol/names.js';
import type { AccessPolicy, PermittedCaller } from '../ports/access-policy.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** Updates a membership to a newer token: how long it is served, and whether it may see the other members. */
export class MembershipRenewal {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly rooms: RoomRepository,
  ) {}

  /** Resolves to whether it may see the other members. */
  async renew(
    caller: PermittedCaller,
    room: Room,
    connectionId: string,
    tokenExpiresAt: number | undefined,
  ): Promise<boolean> {
    const seesOthers = await this.policy.allows(caller, 'presence', room);
    const session = { tokenExpiresAt, ...(!seesOthers && { withoutPresence: true as const }) };
    await this.rooms.renew(room, connectionId, session);
    return seesOthers;
  }
}
