import { USER_ID } from '../../../../protocol/names.js';
import type { Identity } from '../../../domain/access/identity.js';
import type { Application } from '../../application.js';
import type { EventLog } from '../../event-log.js';
import { handleMessage } from '../frames/handle-message.js';
import type { Handled } from '../frames/handled.js';
import { toClientError } from '../frames/replies.js';
import type { WebSocketResult } from './events.js';
import { type RoutedEvent, readEvent } from './read-event.js';
import { subprotocol } from './subprotocol.js';

/** The one function behind every route. It never rejects: API Gateway would answer with a frame of its own. */
export const createRouter =
  (application: Application, log: EventLog, timeoutMs?: number) =>
  async (input: unknown): Promise<WebSocketResult> => {
    const event = readEvent(input);
    if (!event) {
      log.warn({ outcome: 'ignored' }, 'This is not an event of a WebSocket API');
      return { statusCode: 400 };
    }
    const startedAt = performance.now();
    const handled = await handle(application, event, timeoutMs);
    if (!handled.unlogged) log.event(event.context, handled, performance.now() - startedAt);
    return handled.result;
  };

const handle = async (
  application: Application,
  event: RoutedEvent,
  timeoutMs: number | undefined,
): Promise<Handled> => {
  const { routeKey, connectionId, requestId } = event.context;
  const identity = identityOf(event);
  try {
    // A client can name any route in its frame; only the event type is reliable.
    switch (event.type) {
      case 'MESSAGE':
        return await handleMessage(
          application,
          { routeKey, body: event.body, requestId, identity },
          timeoutMs,
        );
      case 'CONNECT':
        return await connect(application, event, identity);
      case 'DISCONNECT':
        await application.disconnect.execute(connectionId, identity?.userId);
        return { result: { statusCode: 200 }, outcome: 'ok' };
    }
  } catch (thrown) {
    const error = toClientError(thrown);
    return { result: { statusCode: 500 }, outcome: error.code, error };
  }
};

const connect = async (
  application: Application,
  { headers }: RoutedEvent,
  identity: Identity | undefined,
): Promise<Handled> => {
  if (!identity) return { result: { statusCode: 401 }, outcome: 'unauthenticated' };
  const outcome = await application.connect.execute(identity);
  if (outcome === 'connection_limit') return { result: { statusCode: 429 }, outcome };
  return { result: { statusCode: 200, ...subprotocol(headers) }, outcome: 'ok' };
};

const identityOf = ({ context }: RoutedEvent): Identity | undefined => {
  const { connectionId, connectedAt, requestId, authorizer } = context;
  const userId = authorizer?.userId;
  if (typeof userId !== 'string' || !USER_ID.test(userId)) return undefined;
  const { permissions, tokenExpiresAt } = authorizer ?? {};
  return {
    connectionId,
    connectedAt,
    requestId,
    userId,
    ...(typeof permissions === 'string' && { permissions }),
    ...(tokenExpiresAt !== undefined && { tokenExpiresAt: Number(tokenExpiresAt) }),
  };
};
