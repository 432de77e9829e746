import { SIGNAL_DELIVERIES_PER_SECOND } from '../../../protocol/limits.js';
import type { Room, UserId } from '../../../protocol/names.js';
import { type Counting, tryAllowance } from './allowance.js';
import { connectAllowance, probeAllowance } from './connect-limit.js';
import { frameAllowance } from './frame-limit.js';
import { noticeAllowance } from './notice-limit.js';
import { publishAllowance } from './publish-rate.js';
import type { RateLimit } from './rate-limit.js';
import { signalAllowance } from './signal-rate.js';
import { verificationAllowance } from './verification-limit.js';

/** All limits, decided by the numbers in one store. */
export class CountingRateLimiter {
  constructor(
    private readonly counting: Counting,
    private readonly frameLimit: RateLimit,
    readonly connectionsPerUser: number,
  ) {}

  get rates() {
    const { perSecond: framesPerSecond, burst: framesAtOnce } = this.frameLimit;
    return { framesPerSecond, framesAtOnce, signalDeliveriesPerSecond: SIGNAL_DELIVERIES_PER_SECOND };
  }

  frame(connectionId: string, userId: UserId) {
    return tryAllowance(frameAllowance(this.frameLimit, connectionId, userId), this.counting);
  }

  publication(room: Room, members: number) {
    return tryAllowance(publishAllowance(room, members), this.counting);
  }

  signal(room: Room, recipients: number) {
    return tryAllowance(signalAllowance(room, recipients), this.counting);
  }

  notice(room: Room, pushes: number) {
    return tryAllowance(noticeAllowance(room, pushes), this.counting);
  }

  connect(userId: UserId) {
    return tryAllowance(connectAllowance(userId, this.connectionsPerUser), this.counting);
  }

  probe(userId: UserId) {
    return tryAllowance(probeAllowance(userId), this.counting);
  }

  verification(room: Room) {
    return tryAllowance(verificationAllowance(room), this.counting);
  }
}
