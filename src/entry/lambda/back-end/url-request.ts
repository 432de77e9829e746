import * as z from 'zod/mini';
import type { BackEndResult } from '../../../../protocol/back-end.js';
import type { Refusal } from '../../../../protocol/errors.js';
import { ClientError } from '../../../domain/client-error.js';
import type { WebSocketResult } from '../handlers/events.js';

const Event = z.object({
  version: z.literal('2.0'),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

/** A request to the function's URL. */
export interface UrlRequest {
  method: string;
  body: string;
}

/** Undefined for a payload of Lambda's Invoke: no message looks like the event of a function URL. */
export const readUrlRequest = (input: unknown): UrlRequest | undefined => {
  const { success, data } = Event.safeParse(input);
  if (!success) return undefined;
  const { requestContext, body = '', isBase64Encoded } = data;
  return {
    method: requestContext.http.method,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
  };
};

/** @throws ClientError `invalid_json` or `invalid_message` */
export const toPayload = ({ method, body }: UrlRequest): unknown => {
  if (method !== 'POST') throw new ClientError('invalid_message', { message: 'Only POST publishes.' });
  try {
    return JSON.parse(body);
  } catch {
    throw new ClientError('invalid_json', { message: 'The body is not JSON.' });
  }
};

/** The status of a single message. A list always gets 200, because its results may differ. */
export const toUrlResponse = (answer: BackEndResult | readonly BackEndResult[]): WebSocketResult => ({
  statusCode: 'error' in answer ? statusOf(answer.error) : 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(answer),
});

const statusOf = ({ code, retryable }: Refusal): number => {
  if (code === 'rate_limited') return 429;
  return retryable ? 503 : 400;
};
