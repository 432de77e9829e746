import type { Membership } from '../../domain/membership.js';
import type { ExpireSession } from '../access/expire-session.js';
import type { ExpiryNotice } from '../access/expiry-notice.js';
import type { Forget } from '../connections/forget.js';
import type { Members } from './member-queue.js';
import type { PlainPush } from './plain-push.js';
import type { Push, PushOutcome, PushResult } from './push.js';

/** Acts on what each push shows of a connection, whatever was pushed: that it is gone, or that its session has ended. */
export class PushWithConsequences implements Push {
  constructor(
    private readonly push: PlainPush,
    private readonly forget: Forget,
    private readonly expiry: ExpireSession,
    private readonly notice: ExpiryNotice,
  ) {}

  async toAll(members: Members, frames: readonly string[], deadline: number): Promise<PushResult> {
    return this.push.toAll(members, frames, deadline, (member, outcome) =>
      outcome === 'delivered' && !this.notice.isDue(member)
        ? undefined
        : this.#act(member, outcome, frames, deadline),
    );
  }

  async #act(
    member: Membership,
    outcome: PushOutcome,
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
