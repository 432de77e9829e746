import type { UserId } from '../../../protocol/names.js';
import type { FrameTime } from '../frame-time.js';

/** The user and connection of an event, as the authorizer established them at `$connect`: no frame can change them. */
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
  /** Absent if nothing waits for an answer. */
  time?: FrameTime | undefined;
}
