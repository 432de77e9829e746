import type { SimulatedGateway } from '../gateway/simulated-gateway.js';

export interface SocketMessage {
  data: string;
}

export interface CloseEvent {
  code: number;
}

/** The part of a WebSocket that clients use. Frames that arrive after its end are dropped. */
export class SimulatedSocket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly #gateway: SimulatedGateway;
  readonly connectionId: string;
  state: 'connecting' | 'open' | 'closed' = 'connecting';

  constructor(gateway: SimulatedGateway, url: string, device: string) {
    this.#gateway = gateway;
    const userId = new URL(url).searchParams.get('userId') ?? '';
    this.connectionId = gateway.accept(this, userId, device);
  }

  send(data: string): void {
    if (this.state === 'open') this.#gateway.receive(this.connectionId, data);
  }

  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.#gateway.closing(this.connectionId);
    this.onclose?.({ code: 1000 } as never);
  }

  opened(): void {
    if (this.state !== 'connecting') return;
    this.state = 'open';
    this.onopen?.({} as never);
  }

  receive(data: string): void {
    if (this.state === 'open') this.onmessage?.({ data } as never);
  }

  ended(code: number): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.onclose?.({ code } as never);
  }
}
