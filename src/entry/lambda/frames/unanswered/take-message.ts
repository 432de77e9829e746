import { frames } from '../../../../../schemas/frames.js';
import type { ClientError } from '../../../../domain/client-error.js';
import type { Application } from '../../../application.js';
import { execute } from '../execute.js';
import type { Handled } from '../handled.js';
import { type Message, type Parsed, parse } from '../reading/message.js';
import { toClientError, toErrorFrame } from '../replies.js';
import type { Route } from '../route.js';

const NOTHING = { statusCode: 200 };

/** Carries out a frame without a reply. */
export const takeMessage = async (
  application: Application,
  message: Message,
  route: Route<undefined>,
  timeoutMs?: number,
): Promise<Handled> => {
  const parsed = parse(message);
  if (isFree(application, message, parsed)) return { result: NOTHING, outcome: 'ok', unlogged: true };
  try {
    const { ack: _, ...delivery } = await execute(application, message, parsed, () => route, timeoutMs);
    return { result: NOTHING, outcome: 'ok', delivery };
  } catch (thrown) {
    const error = toClientError(thrown);
    await tell(application, message, parsed, error);
    return { result: NOTHING, outcome: error.code, error };
  }
};

/** A free keep-alive is not admitted like other frames: that would cost more than all its other work. */
const isFree = ({ keepAlive }: Application, { identity }: Message, { frame }: Parsed): boolean =>
  identity !== undefined &&
  frames.keepalive.safeParse(frame).success &&
  keepAlive.execute(identity.connectionId) === 'free';

/** A keep-alive has no reply, and a client that is disconnected has already been told why. */
const tell = async (
  { tellRefusal }: Application,
  { routeKey, identity, requestId }: Message,
  { id }: Parsed,
  error: ClientError,
): Promise<void> => {
  if (routeKey !== 'signal' || !identity || error.code === 'token_expired') return;
  await tellRefusal.execute(identity.connectionId, toErrorFrame(id, error, requestId));
};
