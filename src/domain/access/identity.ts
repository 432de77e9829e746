import type { UserId } from '../../../protocol/names.js';
import type { FrameTime } from '../frame-time.js';

/** Whose event it is: what the authorizer established at `$connect`, never what a frame claims. */
export interface Identity {
  connectionId: string;
  userId: UserId;
  connectedAt: number;
  /** API Gateway's id of this event. */
  requestId: string;
  /** As text, see `parsePermissions`; absent, nothing is granted. */
  permissions?: string | undefined;
  /** Absent for guests, who stay as long as API Gateway lets them. */
  tokenExpiresAt?: number | undefined;
  /** Absent where nothing waits for an answer. */
  time?: FrameTime | undefined;
}
