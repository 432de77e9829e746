import type { Room } from '../../../protocol/names.js';
import { type ProtectedAction, permits } from '../../domain/access/access-policy.js';
import type { AccessPolicy, PermittedCaller } from '../ports/access-policy.js';

/** Decides only by the claims of the caller's token. */
export class ClaimsAccessPolicy implements AccessPolicy {
  async allows({ userId, granted }: PermittedCaller, action: ProtectedAction, room: Room): Promise<boolean> {
    return permits(granted, userId, action, room);
  }
}
