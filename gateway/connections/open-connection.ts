import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { GatewayClock } from '../gateway-clock.js';
import type { GatewayLimits } from '../gateway-options.js';
import type { Peer } from '../lambda/lambda-events.js';
import { Deadline } from './deadline.js';
import { FrameGuard } from './frame-guard.js';

export interface Ending {
  code: number;
  reason: string;
}

export const ENDINGS = {
  goingAway: { code: 1001, reason: 'Going away' },
  deleted: { code: 1000, reason: 'Connection Closed Normally' },
  lost: { code: 1006, reason: '' },
  throttled: { code: 1008, reason: '' },
} satisfies Record<string, Ending>;

const NO_STATUS: Ending = { code: 1005, reason: 'Client-side close frame status not set' };

/** One open socket with its deadline. */
export class OpenConnection {
  /** Resolves when the socket is closed, with how it ended. */
  readonly ended: Promise<Ending>;

  #ending: Ending | undefined;
  #messages = 0;
  readonly #guard: FrameGuard;
  readonly #deadline: Deadline;

  /** Call it before the socket's first byte has been read: the guard counts frames from there. */
  constructor(
    readonly peer: Peer,
    private readonly socket: WebSocket,
    rawSocket: Socket,
    limits: GatewayLimits,
    clock: GatewayClock,
    onMessage: (connection: OpenConnection, body: string) => void,
  ) {
    this.#guard = new FrameGuard(limits.frameBytes);
    this.#deadline = new Deadline(peer.connectedAt, limits, clock, () => this.close(ENDINGS.goingAway));
    this.ended = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#deadline.cancel();
        resolve(this.#ending ?? clientEnding(code, reason.toString()));
      });
    });

    // The guard looks at each chunk before ws does, and the socket is closed only after ws has emitted the messages
    // that came whole in front of the refused frame.
    rawSocket.prependListener('data', (chunk: Buffer) => this.#guard.read(chunk));
    rawSocket.on('data', () => {
      if (this.#guard.refusal) this.close({ code: this.#guard.refusal.code, reason: '' });
    });
    socket.on('message', (data, isBinary) => {
      this.#messages += 1;
      if (isBinary || (this.#guard.refusal && this.#messages >= this.#guard.refusal.message)) return;
      if (this.#endIfDue()) return;
      this.#deadline.touch();
      onMessage(this, data.toString());
    });
    // A client that does not read its pongs gets no more of them: only the newest ping is owed one (RFC 6455, 5.5.3).
    socket.on('ping', (data) => {
      if (!this.#endIfDue() && this.isOpen && this.unreadBytes <= limits.unreadBytes)
        socket.pong(data, false, () => {});
    });
    socket.on('error', (error) => {
      this.#ending ??= { code: closeCode(error), reason: '' };
    });
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  get lastActiveAt(): number {
    return this.#deadline.lastActiveAt;
  }

  /** Bytes that were sent and that the client has not yet read. */
  get unreadBytes(): number {
    return this.socket.bufferedAmount;
  }

  /** False when the socket is no longer open. */
  send(text: string): boolean {
    if (this.#endIfDue() || !this.isOpen) return false;
    this.#deadline.touch();
    this.socket.send(text, () => {
      // A failed write closes the socket, so `ended` resolves.
    });
    return true;
  }

  close(ending: Ending): void {
    if (!this.isOpen) return;
    this.#ending = ending;
    this.socket.close(ending.code, ending.reason);
  }

  /** After a sleep of the machine, the next frame may find out before any timer. */
  #endIfDue(): boolean {
    const due = this.#deadline.passed;
    if (due) this.close(ENDINGS.goingAway);
    return due;
  }
}

const clientEnding = (code: number, reason: string): Ending =>
  code === NO_STATUS.code ? NO_STATUS : { code, reason };

/** The code with which ws closes after this error of its receiver; any other error is a lost connection. */
const closeCode = (error: Error & { code?: string }): number => {
  if (!error.code?.startsWith('WS_ERR_')) return 1006;
  if (error.code === 'WS_ERR_INVALID_UTF8') return 1007;
  if (error.code.endsWith('_LENGTH') && error.code !== 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH') return 1009;
  return error.code === 'WS_ERR_TOO_MANY_BUFFERED_PARTS' ? 1008 : 1002;
};
