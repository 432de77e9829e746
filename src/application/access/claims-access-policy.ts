import type { Room } from '../../../protocol/names.js';
import { type Action, permits } from '../../domain/access-policy.js';
import { parsePermissions } from '../../domain/permissions.js';
import type { AccessPolicy, PermittedCaller } from '../ports/access-policy.js';

/** Decides by what the caller's token claimed; asks nobody. */
export class ClaimsAccessPolicy implements AccessPolicy {
  async allows({ userId, permissions }: PermittedCaller, action: Action, room: Room): Promise<boolean> {
    return permits(parsePermissions(permissions), userId, action, room);
  }
}
