import type { Room, UserId } from '../../../protocol/names.js';
import type { ProtectedAction } from '../../domain/access/access-policy.js';
import type { Permissions } from '../../domain/access/permissions.js';

/** Decides who may do what in which room. */
export interface AccessPolicy {
  /**
   * Asked before anything is read or written, and again at each resume. A refusal must look the same whether the
   * room exists or not. For `broadcast` the room is `*`, for `send` the recipient's inbox.
   */
  allows(caller: PermittedCaller, action: ProtectedAction, room: Room): Promise<boolean>;
}

export interface PermittedCaller {
  userId: UserId;
  /** The permissions from the authorizer, or from the latest refresh. */
  granted: Permissions;
}
