import type { UserId } from '../../protocol/names.js';

/** Who sent a frame: what the authorizer established at `$connect`, never what the frame claims. */
export interface Caller {
  connectionId: string;
  userId: UserId;
  connectedAt: number;
  /** API Gateway's id of this event. */
  requestId: string;
  /** See `parsePermissions`; absent, nothing is granted. */
  permissions?: string | undefined;
  /** Absent for guests, who stay as long as API Gateway lets them. */
  tokenExpiresAt?: number | undefined;
}
