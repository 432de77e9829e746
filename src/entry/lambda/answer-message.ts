import { LABEL } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import type { Identity } from '../../domain/identity.js';
import type { Application } from '../application.js';
import { parseFrame } from './frame.js';
import type { Handled } from './handled.js';
import { ack, failure, toClientError } from './replies.js';
import { type Done, ROUTES, type Route } from './routes.js';

/** Maximum time for a frame: after 15 s Lambda ends the function, which then answers nothing. */
const TIMEOUT_MS = 12_000;

export interface Message {
  routeKey: string;
  body: string;
  requestId: string;
  /** Undefined where no authorizer established an identity. */
  identity: Identity | undefined;
}

/** The one reply to one frame: an ack or an error. */
export const answerMessage = async (application: Application, message: Message): Promise<Handled> => {
  const parsed = parse(message.body);
  const id = idOf(parsed.frame);
  try {
    const { ack: body, ...delivery } = await inTime(execute(application, message, parsed));
    return { result: ack(id, body), outcome: 'ok', delivery };
  } catch (thrown) {
    const error = toClientError(thrown);
    return { result: failure(id, error, message.requestId), outcome: error.code, error };
  }
};

const execute = async (application: Application, message: Message, parsed: Parsed): Promise<Done> => {
  if (!message.identity) throw new ClientError('unauthenticated');
  // Every frame counts and can end the session, even a frame that is refused for its content.
  const caller = await application.admitFrame.execute(message.identity);
  if (parsed.error) throw parsed.error;

  const route = routeOf(message.routeKey, parsed.frame);
  return route(application, caller, parsed.frame);
};

interface Parsed {
  frame: Record<string, unknown>;
  error?: unknown;
}

const parse = (body: string): Parsed => {
  try {
    return { frame: parseFrame(body) };
  } catch (error) {
    return { frame: {}, error };
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

const ACTIONS = [...ROUTES.keys()].join(', ');

const idOf = ({ id }: Record<string, unknown>): string | undefined =>
  typeof id === 'string' && LABEL.test(id) ? id : undefined;

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ClientError('timeout')), TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
