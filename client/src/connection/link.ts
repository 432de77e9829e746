import type { Action, Reply, UnansweredAction } from '../../../protocol/actions.js';
import type { ErrorFrame } from '../../../protocol/errors.js';
import type { Push } from '../../../protocol/pushes.js';
import type { Clock } from '../options/clock.js';
import type { WebSocketLike } from '../options/web-socket.js';
import { encodeFrame } from '../requests/encode.js';
import type { Outgoing } from '../requests/outgoing.js';
import { withDeadline } from '../requests/with-deadline.js';
import { retryableError } from '../retryable-error.js';
import { SwitchboardError } from '../switchboard-error.js';
import { connectionLost } from './connection-lost.js';
import { refusal } from './refusal.js';

const CLOSE_PATIENCE_MS = 2_000;

/** How long a gateway's own error may belong to a frame that has no reply. */
const UNANSWERED_MS = 30_000;

interface Pending {
  answer(reply: never): void;
  fail(error: SwitchboardError): void;
  isOnce: boolean | undefined;
}

export interface LinkEvents {
  pushed(push: Push, link: Link): void;
  /** The server refused a frame that has no reply. */
  refused(error: SwitchboardError): void;
  ended(link: Link, reason: SwitchboardError): void;
}

/** API Gateway's own frames about throttling and errors: they do not tell which frame they belong to. */
interface GatewayFrame {
  readonly type?: undefined;
  readonly message?: string;
  readonly connectionId?: string;
  readonly requestId?: string;
}

/** One WebSocket, from opening to closing. */
export interface Link {
  /** The rooms that this connection is in. */
  readonly rooms: Set<string>;
  /** Rejects if the connection ends before it is open. */
  readonly opened: Promise<unknown>;
  isAlive(): boolean;
  isIdle(): boolean;
  /** When the last frame was sent. */
  sentAt(): number;
  /** Sends a frame that has no reply. */
  tell(action: UnansweredAction, fields?: object): void;
  /** `isOnce`: it must not be repeated, so it waits for its own answer, even after an error of the gateway. */
  request<A extends Action>(
    action: A,
    fields: Outgoing<A>,
    timeoutMs: number,
    isOnce?: boolean,
  ): Promise<Reply<A>>;
  /** Ends at once: a dead peer may never confirm it. */
  drop(error?: SwitchboardError): void;
  /** Closes, and waits a short time for the peer to confirm it. */
  close(error: SwitchboardError): Promise<void>;
}

export const createLink = (socket: WebSocketLike, clock: Clock, events: LinkEvents): Link => {
  const pending = new Map<unknown, Pending>();
  let requests = 0;
  let sentAt = clock.now();
  let toldAt = Number.NEGATIVE_INFINITY;
  let end: SwitchboardError | undefined;

  const expect = <T>(id: unknown, isOnce?: boolean): Promise<T> => {
    const promise = new Promise<T>((answer, fail) => pending.set(id, { answer, fail, isOnce }));
    // The caller awaits a promise that follows this one, so a rejection before that is not unhandled.
    promise.catch(() => {});
    return promise;
  };

  const settle = (id: unknown): Pending | undefined => {
    const settled = pending.get(id);
    pending.delete(id);
    return settled;
  };

  const rejectAll = (error: SwitchboardError, butOnce?: boolean) => {
    for (const [id, { isOnce }] of pending) if (!(butOnce && isOnce)) settle(id)?.fail(error);
  };

  const drop = (error = connectionLost()) => {
    if (end) return;
    end = error;
    socket.close(1000);
    rejectAll(error);
    events.ended(link, error);
  };

  const send = (frame: string) => {
    sentAt = clock.now();
    socket.send(frame);
  };

  const link: Link = {
    rooms: new Set(),
    opened: expect(socket),
    isAlive: () => !end,
    isIdle: () => !pending.size,
    sentAt: () => sentAt,
    tell: (action, fields) => {
      send(encodeFrame(action, undefined, fields));
      toldAt = sentAt;
    },
    request: async (action, fields, timeoutMs, isOnce) => {
      if (end) throw end;
      const id = `c${++requests}`;
      const frame = encodeFrame(action, id, fields);
      const reply = expect<Reply<typeof action>>(id, isOnce);
      send(frame);
      return withDeadline(clock, reply, timeoutMs, () => {
        settle(id);
        return retryableError('timeout', `No answer to ${action}`);
      });
    },
    drop,
    close: async (error) => {
      drop(error);
      await withDeadline(clock, closed, CLOSE_PATIENCE_MS, connectionLost).catch(() => {});
    },
  };

  socket.onopen = () => settle(socket)?.answer(true as never);
  socket.onmessage = ({ data }: { data: string }) => {
    let frame: { readonly type: 'ack'; readonly id?: string } | ErrorFrame | Push | GatewayFrame | null;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (!frame || end) return;
    if (frame.type === 'ack') {
      const { type, id, ...reply } = frame;
      settle(id)?.answer(reply as never);
    } else if (frame.type === 'error') {
      const error = new SwitchboardError(frame.code, frame.message, frame);
      (settle(frame.id)?.fail ?? events.refused)(error);
    } else if (frame.type) events.pushed(frame, link);
    else if (frame.connectionId) {
      // If one request waits for its reply, it is that one. Otherwise it may be any, so all requests that may be repeated
      // are.
      const isItsOwn = pending.size === 1 && clock.now() - toldAt > UNANSWERED_MS;
      const requestId = isItsOwn ? frame.requestId : undefined;
      const details = { retryable: true, requestId };
      rejectAll(new SwitchboardError('unavailable', `Gateway: ${frame.message}`, details), !isItsOwn);
    }
  };
  const closed = new Promise<void>((resolve) => {
    // Node 22's own WebSocket ends with only an error; `ws` and browsers close after it.
    socket.onerror = socket.onclose = () => {
      resolve();
      drop(pending.has(socket) ? refusal() : connectionLost());
    };
  });
  socket.on?.('unexpected-response', (_request, response) => drop(refusal(response)));
  return link;
};
