import type { Room } from '../../../protocol/names.js';
import type { ProtectedAction } from '../../domain/access/access-policy.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import { ClientError } from '../../domain/client-error.js';
import { isOpenTo } from '../../domain/room.js';
import type { AccessPolicy } from '../ports/access-policy.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** Checks that the caller has permission for the room and, where required, is a member. */
export class AccessControl {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly rooms: RoomRepository,
  ) {}

  /** @throws ClientError `forbidden`, whether the room exists or not */
  async checkPermission(caller: Caller, action: ProtectedAction, room: Room): Promise<void> {
    if (!(await this.policy.allows(caller, action, room))) throw new ClientError('forbidden');
  }

  /** @throws ClientError `not_a_member`, also for rooms that do not exist and for other users' inboxes */
  async checkMembership({ connectionId, userId, time }: Identity, room: Room): Promise<void> {
    if (isOpenTo(room, userId)) return;
    const membership = await this.rooms.find(room, connectionId, time?.signal);
    if (membership?.userId !== userId) throw new ClientError('not_a_member');
  }
}
