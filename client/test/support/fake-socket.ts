import type { WebSocketLike } from '../../src/options/web-socket.js';
import type { FakeServer } from './fake-server.js';

export type Frame = Record<string, unknown> & { action?: string; type?: string; id?: string; room?: string };

/** Both ends of a WebSocket, with a virtual millisecond of wire between them. */
export class FakeSocket implements WebSocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;

  readonly rooms = new Set<string>();
  /** Frames that the client sent on it. */
  readonly sent: Frame[] = [];
  readonly openedAt: number;
  isOpen = false;
  isClosed = false;
  /** Half-open: neither side hears the other any more, and no event says so. */
  isMute = false;
  userId = '';

  constructor(
    readonly url: string,
    readonly protocols: string[] | undefined,
    private readonly server: FakeServer,
  ) {
    this.openedAt = server.clock.now();
    if (!server.isSilent) server.wire(() => (this.server.connecting(this) ? this.#open() : this.cut()));
  }

  send(text: string): void {
    const frame = JSON.parse(text) as Frame;
    this.sent.push(frame);
    this.server.wire(() => !this.isClosed && !this.isMute && this.server.received(this, frame));
  }

  /** From the server to the client. */
  push(frame: Frame): void {
    const text = JSON.stringify(frame);
    this.server.wire(() => !this.isClosed && !this.isMute && this.onmessage?.({ data: text }));
  }

  close(): void {
    this.cut(1000);
  }

  cut(code = 1006): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.server.gone(this);
    this.server.wire(() => {
      this.onerror?.();
      if (!this.server.endsWithErrorAlone) this.onclose?.({ code });
    });
  }

  #open(): void {
    if (this.isClosed) return;
    this.isOpen = true;
    this.onopen?.();
  }
}
