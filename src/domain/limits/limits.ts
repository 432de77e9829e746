import { SIGNAL_DELIVERIES_PER_SECOND } from '../../../protocol/limits.js';
import type { Room, UserId } from '../../../protocol/names.js';
import { type Counting, judge } from './allowance.js';
import { connectsOf, probesOf } from './connect-limit.js';
import { framesOf } from './frame-limit.js';
import { noticesOf } from './notice-limit.js';
import { publicationsOf } from './publish-rate.js';
import type { RateLimit } from './rate-limit.js';
import { signalsOf } from './signal-rate.js';
import { verificationsOf } from './verification-limit.js';

/** All limits, decided by the numbers in one store. */
export class Limits {
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
    return judge(framesOf(this.frameLimit, connectionId, userId), this.counting);
  }

  publication(room: Room, members: number) {
    return judge(publicationsOf(room, members), this.counting);
  }

  signal(room: Room, recipients: number) {
    return judge(signalsOf(room, recipients), this.counting);
  }

  notice(room: Room, pushes: number) {
    return judge(noticesOf(room, pushes), this.counting);
  }

  connect(userId: UserId) {
    return judge(connectsOf(userId, this.connectionsPerUser), this.counting);
  }

  probe(userId: UserId) {
    return judge(probesOf(userId), this.counting);
  }

  verification(room: Room) {
    return judge(verificationsOf(room), this.counting);
  }
}
