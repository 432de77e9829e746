import { setMaxListeners } from 'node:events';
import { LABEL } from '../../../../protocol/names.js';
import type { Identity } from '../../../domain/access/identity.js';
import { ClientError } from '../../../domain/client-error.js';
import { FrameTime } from '../../../domain/frame-time.js';
import type { Application } from '../../application.js';
import { parseFrame } from './frame.js';
import type { Handled } from './handled.js';
import { ack, failure, toClientError } from './replies.js';
import type { Done, Route, Work } from './route.js';
import { ROUTES } from './routes.js';

/** Maximum time for a frame. */
export const TIMEOUT_MS = 12_000;

/** What has just become durable gets a little more: after 15 s Lambda ends the function, which then answers nothing. */
const LAST_MS = 2_000;

export interface Message {
  routeKey: string;
  body: string;
  requestId: string;
  /** Undefined where no authorizer established an identity. */
  identity: Identity | undefined;
}

/** The one reply to one frame: an ack or an error. */
export const answerMessage = async (
  application: Application,
  message: Message,
  timeoutMs = TIMEOUT_MS,
): Promise<Handled> => {
  const parsed = parse(message.body);
  const id = idOf(parsed.frame);
  try {
    const { ack: body, ...delivery } = await inTime(timeoutMs, (time) =>
      execute(application, message, parsed, time),
    );
    return { result: ack(id, body), outcome: 'ok', delivery };
  } catch (thrown) {
    const error = toClientError(thrown);
    return { result: failure(id, error, message.requestId), outcome: error.code, error };
  }
};

const execute = async (
  application: Application,
  message: Message,
  parsed: Parsed,
  time: FrameTime,
): Promise<Done> => {
  if (!message.identity) throw new ClientError('unauthenticated');
  const identity = { ...message.identity, time };
  let work: Work | undefined;
  let wrong: unknown;
  // Every frame counts and can end the session, even a frame that is refused for its content.
  const caller = await application.admitFrame.execute(identity, () => {
    try {
      if (parsed.error) throw parsed.error;
      work = routeOf(message.routeKey, parsed.frame)(application, identity, parsed.frame);
    } catch (error) {
      wrong = error;
    }
    return work?.ahead;
  });
  if (!work) throw wrong;
  return work.execute(caller);
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

/** Resolves to what the work resolves to. At the end of its time the work is cancelled, and this rejects with `timeout`. */
const inTime = async <T>(timeoutMs: number, work: (time: FrameTime) => Promise<T>): Promise<T> => {
  const time = new FrameTime();
  // A frame can have a hundred reads under way, each of which listens.
  setMaxListeners(0, time.signal);
  const timers: NodeJS.Timeout[] = [];
  const late = new Promise<never>((_, reject) => {
    time.signal.addEventListener('abort', () => reject(time.signal.reason));
    timers.push(
      setTimeout(() => time.end(), timeoutMs),
      setTimeout(() => reject(new ClientError('timeout')), timeoutMs + LAST_MS),
    );
  });
  try {
    return await Promise.race([work(time), late]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
};
