import type { Membership } from '../../domain/membership.js';
import type { ExpiryNotice } from '../access/expiry-notice.js';
import type { SessionExpiry } from '../access/session-expiry.js';
import type { ConnectionCleanup } from '../connections/connection-cleanup.js';
import type { MemberSource } from './member-queue.js';
import type { PlainPusher } from './plain-pusher.js';
import type { Pusher, PushOutcome, PushResult } from './pusher.js';

/** Acts on the outcome of each push: forgets a gone connection, closes an ended session, and warns before a session ends. */
export class PusherWithConsequences implements Pusher {
  constructor(
    private readonly push: PlainPusher,
    private readonly cleanup: ConnectionCleanup,
    private readonly expiry: SessionExpiry,
    private readonly notice: ExpiryNotice,
  ) {}

  async toAll(members: MemberSource, frames: readonly string[], deadline: number): Promise<PushResult> {
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
    if (outcome === 'gone') await this.cleanup.forgetMember(member, deadline);
    else if (outcome === 'delivered') await this.notice.giveIfDue(member.connectionId, member);
    else if (outcome === 'expired') {
      const renewed = await this.expiry.renewOrClose(member);
      if (renewed) await this.push.toAll([renewed], frames, deadline);
    }
  }
}
