import type { Room } from '../../../protocol/names.js';
import type { AccessPolicy, PermittedCaller } from '../ports/access-policy.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** Tells a membership what a newer token grants: until when it is served, and whether it learns who else is there. */
export class MembershipRenewal {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly rooms: RoomRepository,
  ) {}

  /** Resolves to whether it learns who else is there. */
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
