import type { Bug } from './bug.js';
import { deleteOnAnyError } from './delivery/delete-on-any-error.js';
import { deleteTheSender } from './delivery/delete-the-sender.js';
import { eventualMembers } from './delivery/eventual-members.js';
import { failFastFanOut } from './delivery/fail-fast-fan-out.js';
import { noPagination } from './delivery/no-pagination.js';
import { successForAll } from './delivery/success-for-all.js';
import { unawaitedPush } from './delivery/unawaited-push.js';
import { ackBeforePut } from './log/ack-before-put.js';
import { blindClaimMove } from './log/blind-claim-move.js';
import { counterThenPut } from './log/counter-then-put.js';
import { epochWithoutSeal } from './log/epoch-without-seal.js';
import { historyBeforeMembership } from './log/history-before-membership.js';
import { keptAfterFilled } from './log/kept-after-filled.js';
import { ownClock } from './log/own-clock.js';
import { rangeBesideHead } from './log/range-beside-head.js';
import { sealingReader } from './log/sealing-reader.js';
import { slotByKeyAlone } from './log/slot-by-key-alone.js';
import { timestampOrder } from './log/timestamp-order.js';
import { joinBesideRefresh } from './members/join-beside-refresh.js';
import { kickWithoutForgetting } from './members/kick-without-forgetting.js';
import { listBesideMembership } from './members/list-beside-membership.js';
import { plainDisconnect } from './members/plain-disconnect.js';
import { slotPerUser } from './members/slot-per-user.js';
import { unlistBeforeLeave } from './members/unlist-before-leave.js';

export interface Plant {
  bug: Bug;
  rules: readonly string[];
  /** Tried before `SEEDS`, because it finds the bug at once. */
  seed?: number;
  /** Finding it takes about a thousand seeds: too many for the small form. */
  rare?: boolean;
}

/** Every bug that can be planted, and the rules that may find it: at least one has to. */
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
