import { WebSocket } from 'ws';
import type { WebSocketConstructor } from '../../../src/options/web-socket.js';

// Nothing listens at port 1.
const NOWHERE = 'ws://127.0.0.1:1/';

/** What is between a client and the network: it can be pulled, and put back. */
export class Cable {
  readonly network = new EventTarget();
  /** How many connections were opened through it. */
  opened = 0;
  readonly WebSocket: WebSocketConstructor;
  readonly #sockets = new Set<WebSocket>();
  #isIn = true;

  constructor() {
    const cable = this;
    this.WebSocket = class extends WebSocket {
      constructor(url: string, protocols: string[] = []) {
        super(cable.#isIn ? url : NOWHERE, protocols);
        this.on('open', () => {
          cable.opened += 1;
          cable.#sockets.add(this);
        });
        this.on('close', () => cable.#sockets.delete(this));
      }
    } as unknown as WebSocketConstructor;
  }

  get open(): number {
    return this.#sockets.size;
  }

  /** Every connection ends as if the peer had vanished. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
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
