import type { Membership } from '../../domain/membership.js';
import type { ExpireSession } from '../access/expire-session.js';
import type { ExpiryNotice } from '../access/expiry-notice.js';
import type { Forget } from '../connections/forget.js';
import type { Consequences, Outcome, Push } from './push.js';

/** What a push showed of a connection has consequences, whatever was pushed: that it is gone, or that its session has ended. */
export class AfterPush implements Consequences {
  constructor(
    private readonly push: Push,
    private readonly forget: Forget,
    private readonly expiry: ExpireSession,
    private readonly notice: ExpiryNotice,
  ) {}

  async execute(
    member: Membership,
    outcome: Outcome,
    frames: readonly string[],
    deadline: number,
  ): Promise<void> {
    if (outcome === 'gone') await this.forget.member(member, deadline);
    else if (outcome === 'delivered') await this.notice.giveIfDue(member.connectionId, member);
    else if (outcome === 'expired') {
      const renewed = await this.expiry.execute(member);
      if (renewed) await this.push.toAll([renewed], frames, deadline);
    }
  }
}
