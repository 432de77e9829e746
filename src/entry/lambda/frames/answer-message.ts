import { ClientError } from '../../../domain/client-error.js';
import type { Application } from '../../application.js';
import { execute } from './execute.js';
import type { Handled } from './handled.js';
import { type Message, parse } from './reading/message.js';
import { ack, failure, toClientError } from './replies.js';
import type { Route } from './route.js';
import { ROUTES } from './routes.js';
import { UNANSWERED_ROUTES } from './unanswered/unanswered-routes.js';

/** The one reply to one frame: an ack or an error. */
export const answerMessage = async (
  application: Application,
  message: Message,
  timeoutMs?: number,
): Promise<Handled> => {
  const parsed = parse(message);
  try {
    const { ack: body, ...delivery } = await execute(
      application,
      message,
      parsed,
      () => routeOf(message.routeKey, parsed.frame),
      timeoutMs,
    );
    return { result: ack(parsed.id, body), outcome: 'ok', delivery };
  } catch (thrown) {
    const error = toClientError(thrown);
    return { result: failure(parsed.id, error, message.requestId), outcome: error.code, error };
  }
};

/** An action without a route of its own, or with one that is not deployed yet, arrives as `$default`. */
const routeOf = (routeKey: string, { action }: Record<string, unknown>): Route => {
  if (typeof action !== 'string')
    throw new ClientError('invalid_message', { message: '`action` is missing or wrong.' });
  const route = ROUTES.get(routeKey) ?? ROUTES.get(action);
  if (!route)
    throw new ClientError('unknown_action', { message: `There is no such action. There are: ${ACTIONS}.` });
  return route;
};

const ACTIONS = [...ROUTES.keys(), ...UNANSWERED_ROUTES.keys()].join(', ');
