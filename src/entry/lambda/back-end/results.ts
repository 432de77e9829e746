import type { BackEndDelivery, BackEndResult, PushCounts } from '../../../../protocol/back-end.js';
import type { Refusal } from '../../../../protocol/errors.js';
import type { Delivery, Tally } from '../../../application/delivery/pusher.js';
import type { BackEndOutcome } from '../../../application/publishing/publish-for-back-end.js';
import type { EventOutcome } from '../../event-log.js';
import { toClientError } from '../frames/replies.js';

/** For the back end, and for the log. */
export const toResult = (outcome: BackEndOutcome): EventOutcome & { result: BackEndResult } => {
  if ('error' in outcome) {
    const error = toClientError(outcome.error);
    return { result: { error: refusalResult(error) }, outcome: error.code, error };
  }
  if ('signalled' in outcome)
    return { result: countsOf(outcome.signalled.tally), outcome: 'ok', delivery: outcome.signalled };
  const { ack, ...delivery } = outcome.published;
  return { result: { ...ack, ...deliveryOf(delivery) }, outcome: 'ok', delivery };
};

export const refusalResult = (thrown: unknown): Refusal => {
  const { code, message, retryable, retryAfterMs } = toClientError(thrown);
  return { code, message, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) };
};

const deliveryOf = ({ queued, tally }: Delivery): BackEndDelivery => {
  if (queued) return { delivery: 'queued' };
  return tally ? countsOf(tally) : { delivery: 'failed' };
};

const NONE = { delivered: 0, gone: 0, failed: 0 };

const countsOf = ({ delivered, gone, failed }: Pick<Tally, keyof typeof NONE> = NONE): PushCounts => ({
  attempted: delivered + gone + failed,
  delivered,
  gone,
});
