import { ackBeforePut } from './ack-before-put.js';
import { blindClaimMove } from './blind-claim-move.js';
import type { Bug } from './bug.js';
import { counterThenPut } from './counter-then-put.js';
import { deleteOnAnyError } from './delete-on-any-error.js';
import { deleteTheSender } from './delete-the-sender.js';
import { epochWithoutSeal } from './epoch-without-seal.js';
import { eventualMembers } from './eventual-members.js';
import { failFastFanOut } from './fail-fast-fan-out.js';
import { historyBeforeMembership } from './history-before-membership.js';
import { joinBesideRefresh } from './join-beside-refresh.js';
import { keptAfterFilled } from './kept-after-filled.js';
import { kickWithoutForgetting } from './kick-without-forgetting.js';
import { listBesideMembership } from './list-beside-membership.js';
import { noPagination } from './no-pagination.js';
import { ownClock } from './own-clock.js';
import { plainDisconnect } from './plain-disconnect.js';
import { rangeBesideHead } from './range-beside-head.js';
import { sealingReader } from './sealing-reader.js';
import { slotByKeyAlone } from './slot-by-key-alone.js';
import { slotPerUser } from './slot-per-user.js';
import { successForAll } from './success-for-all.js';
import { timestampOrder } from './timestamp-order.js';
import { unawaitedPush } from './unawaited-push.js';
import { unlistBeforeLeave } from './unlist-before-leave.js';

export interface Plant {
  bug: Bug;
  rules: readonly string[];
  /** One that finds it quickly; where it does not any more, others do. */
  seed?: number;
  /** It takes about a thousand seeds to find it: too many for the small form. */
  rare?: boolean;
}

/** Every bug that can be planted, and the rules of which at least one has to find it. */
export const BUGS: ReadonlyMap<string, Plant> = new Map<string, Plant>(
  Object.entries({
    'timestamp-order': { bug: timestampOrder, rules: ['recovery', 'surfacing'] },
    'counter-then-put': { bug: counterThenPut, rules: ['density'], seed: 20 },
    'blind-claim-move': { bug: blindClaimMove, rules: ['idempotency'], seed: 32 },
    'history-before-membership': { bug: historyBeforeMembership, rules: ['delivery'], seed: 20 },
    'list-beside-membership': { bug: listBesideMembership, rules: ['ghosts'], rare: true },
    'range-beside-head': { bug: rangeBesideHead, rules: ['recovery'] },
    'epoch-without-seal': { bug: epochWithoutSeal, rules: ['epochs'], rare: true },
    'own-clock': { bug: ownClock, rules: ['epochs'], seed: 28 },
    'sealing-reader': { bug: sealingReader, rules: ['epochs', 'recovery', 'history'], seed: 20 },
    'kept-after-filled': { bug: keptAfterFilled, rules: ['epochs'], rare: true },
    'slot-by-key-alone': { bug: slotByKeyAlone, rules: ['durability', 'surfacing'], seed: 21 },
    'unlist-before-leave': { bug: unlistBeforeLeave, rules: ['ghosts'], seed: 55 },
    'eventual-members': { bug: eventualMembers, rules: ['delivery'], seed: 32 },
    'fail-fast-fan-out': { bug: failFastFanOut, rules: ['delivery'], seed: 21 },
    'unawaited-push': { bug: unawaitedPush, rules: ['delivery'], seed: 18 },
    'delete-on-any-error': { bug: deleteOnAnyError, rules: ['refusals', 'delivery'] },
    'delete-the-sender': { bug: deleteTheSender, rules: ['refusals', 'delivery'] },
    'no-pagination': { bug: noPagination, rules: ['delivery'], seed: 20 },
    'plain-disconnect': { bug: plainDisconnect, rules: ['ghosts'], seed: 33 },
    'ack-before-put': { bug: ackBeforePut, rules: ['durability'], seed: 28 },
    'slot-per-user': { bug: slotPerUser, rules: ['refusals', 'delivery'] },
    'kick-without-forgetting': { bug: kickWithoutForgetting, rules: ['kicks', 'ghosts'], seed: 33 },
    'join-beside-refresh': { bug: joinBesideRefresh, rules: ['sight'], rare: true },
    'success-for-all': { bug: successForAll, rules: ['delivery'], seed: 28 },
  }),
);
