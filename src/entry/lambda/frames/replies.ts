import type { Ack, Action, Reply } from '../../../../protocol/actions.js';
import type { ErrorFrame } from '../../../../protocol/errors.js';
import { ClientError } from '../../../domain/client-error.js';
import { writeJson } from '../../../domain/json/write-json.js';
import type { WebSocketResult } from '../handlers/events.js';

/** Route responses. The status is always 200: API Gateway does not document the effect of any other on a message. */
const reply = (body: Ack<Action> | ErrorFrame): WebSocketResult => ({
  statusCode: 200,
  body: writeJson(body),
});

export const ack = (id: string | undefined, body: Reply<Action>): WebSocketResult =>
  reply({ type: 'ack', ...(id !== undefined && { id }), ...body });

export const failure = (id: string | undefined, error: ClientError, requestId: string): WebSocketResult =>
  reply(toErrorFrame(id, error, requestId));

export const toErrorFrame = (
  id: string | undefined,
  { code, message, retryable, retryAfterMs }: ClientError,
  requestId: string,
): ErrorFrame => ({
  type: 'error',
  id: id ?? null,
  code,
  message,
  retryable,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
  requestId,
});

/** The error that a client may see: any error except a `ClientError` is our bug, and becomes `internal`. */
export const toClientError = (error: unknown): ClientError =>
  error instanceof ClientError ? error : new ClientError('internal', { cause: error });
