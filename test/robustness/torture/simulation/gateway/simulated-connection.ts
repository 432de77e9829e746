import type { SimulatedSocket } from '../aws/simulated-socket.js';

/** One WebSocket, as the gateway sees it. */
export interface SimulatedConnection {
  readonly id: string;
  readonly userId: string;
  readonly device: string;
  readonly connectedAt: number;
  readonly socket: SimulatedSocket;
  /** How long `$connect` took. */
  connectMs: number;
  state: 'opening' | 'open' | 'closed';
  /** No frame arrives in either direction, but the gateway has not noticed. */
  cut: boolean;
  /** Events of it that are on their way or being worked on. */
  busy: number;
}
