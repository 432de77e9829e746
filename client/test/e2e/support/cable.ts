import { WebSocket as PackageWebSocket } from 'ws';
import type { WebSocketConstructor } from '../../../src/options/web-socket.js';

// Nothing listens at port 1.
const NOWHERE = 'ws://127.0.0.1:1/';

/** Node's own, from 22 on, or that of the package `ws`. */
const Socket = (globalThis.WebSocket ?? PackageWebSocket) as unknown as typeof PackageWebSocket;

/** Only the package tells with which HTTP status a connection was refused. */
export const tellsStatus = Socket === PackageWebSocket;

/** The cable between a client and the network: it can be pulled, and put back. */
export class Cable {
  readonly network = new EventTarget();
  /** How many connections were opened through it. */
  opened = 0;
  readonly WebSocket: WebSocketConstructor;
  readonly #sockets = new Set<PackageWebSocket>();
  #isIn = true;

  constructor() {
    const cable = this;
    this.WebSocket = class extends Socket {
      constructor(url: string, protocols: string[] = []) {
        super(cable.#isIn ? url : NOWHERE, protocols);
        this.addEventListener('open', () => {
          cable.opened += 1;
          cable.#sockets.add(this);
        });
        this.addEventListener('close', () => cable.#sockets.delete(this));
      }
    } as unknown as WebSocketConstructor;
  }

  get open(): number {
    return this.#sockets.size;
  }

  /** Every connection ends as if the peer had vanished. Node's own cannot but say goodbye; the client is not told so. */
  cut(): void {
    for (const socket of this.#sockets) {
      if (tellsStatus) socket.terminate();
      else {
        this.#sockets.delete(socket);
        socket.onerror?.({} as never);
        socket.close();
      }
    }
  }

  pull(): void {
    this.#isIn = false;
    this.cut();
  }

  /** The browser would tell of it. */
  plug(): void {
    this.#isIn = true;
    this.network.dispatchEvent(new Event('online'));
  }
}
