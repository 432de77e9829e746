import { BACK_END_MESSAGES, type BackEndResult } from '../../../../protocol/back-end.js';
import { ClientError } from '../../../domain/client-error.js';
import type { Application } from '../../application.js';
import { type EventLog, shortenId } from '../../event-log.js';
import type { WebSocketResult } from '../handlers/events.js';
import { publishMessages } from './publish-messages.js';
import { refusalResult, toResult } from './results.js';
import { readUrlRequest, toPayload, toUrlResponse } from './url-request.js';

/** An append that has begun may then take 8 s more, and pushing 1 s: the function has 60 s. */
export const PUBLISH_TIMEOUT_MS = 45_000;

type Answer = BackEndResult | BackEndResult[];

/**
 * The function of back ends: one message, or a list of them, as the payload of an invocation or as the body of a request to
 * the function's URL. IAM decides who may do either. A refusal is an answer: the function never throws.
 */
export const createPublish = (application: Application, log: EventLog, timeoutMs = PUBLISH_TIMEOUT_MS) => {
  const answer = async (read: () => unknown, requestId: string): Promise<Answer> => {
    try {
      const payload = read();
      const results = await publish(messagesIn(payload), requestId);
      return Array.isArray(payload) ? results : (results[0] as BackEndResult);
    } catch (error) {
      return { error: refusalResult(error) };
    }
  };

  const publish = async (messages: readonly unknown[], requestId: string): Promise<BackEndResult[]> => {
    const startedAt = performance.now();
    const outcomes = await publishMessages(application.publishForBackEnd, messages, requestId, timeoutMs);
    const durationMs = performance.now() - startedAt;
    return outcomes.map((outcome) => {
      const { result, ...event } = toResult(outcome);
      log.event({ requestId, routeKey: 'publish' }, event, durationMs);
      return result;
    });
  };

  return async (input: unknown, context?: { awsRequestId?: string }): Promise<Answer | WebSocketResult> => {
    const requestId = shortenId(context?.awsRequestId ?? '');
    const request = readUrlRequest(input);
    if (!request) return answer(() => input, requestId);
    return toUrlResponse(await answer(() => toPayload(request), requestId));
  };
};

const messagesIn = (payload: unknown): readonly unknown[] => {
  if (!Array.isArray(payload)) return [payload];
  if (payload.length <= BACK_END_MESSAGES) return payload;
  const message = `A list has at most ${BACK_END_MESSAGES} messages.`;
  throw new ClientError('invalid_message', { message });
};
