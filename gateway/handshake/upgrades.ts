import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { HttpRefusal } from '../http/http-refusal.js';
import type { Peer } from '../lambda/lambda-events.js';
import type { UpgradeAdmission } from './upgrade-admission.js';
import type { UpgradeCompletion } from './upgrade-completion.js';
import { refuseUpgrade } from './upgrade-refusal.js';

interface Outcomes {
  /** Called before the socket's first byte is read. */
  onOpened(peer: Peer, webSocket: WebSocket, socket: Socket): void;
  /** `$connect` admitted it, but the client's socket had gone. */
  onAborted(peer: Peer): void;
}

/** Turns upgrade requests into open WebSockets, or refuses them; each waits until `$connect` has returned. */
export class Upgrades {
  readonly #waiting = new Set<Socket>();
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(
    private readonly admission: UpgradeAdmission,
    private readonly completion: UpgradeCompletion,
    private readonly check: (request: IncomingMessage) => HttpRefusal | undefined,
    private readonly outcomes: Outcomes,
    private readonly log: (line: string) => void,
  ) {}

  take(request: IncomingMessage, socket: Socket, head: Buffer): void {
    // Until ws takes the socket over, a client that resets it must not become an uncaught error.
    socket.on('error', () => socket.destroy());
    const running = this.#take(request, socket, head)
      .catch(() => socket.destroy())
      .then(() => {
        this.#running.delete(running);
      });
    this.#running.add(running);
  }

  /** Refuses the waiting upgrades, and all later ones. */
  stop(): void {
    this.#stopped = true;
    for (const socket of this.#waiting) refuseUpgrade(socket, { refused: 503 });
    this.#waiting.clear();
  }

  /** Resolves when every `$connect` has returned. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #take(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const refused = this.#stopped ? { refused: 503 } : this.check(request);
    this.#waiting.add(socket);
    const admission = refused ?? (await this.admission.admit(request));
    const stillWaiting = this.#waiting.delete(socket);
    if ('refused' in admission) {
      const { refused, because } = admission;
      this.log(`CONNECT refused with ${refused}${because ? `: ${because}` : ''}`);
      if (stillWaiting) refuseUpgrade(socket, admission);
      return;
    }
    const { peer, result } = admission;
    const webSocket = stillWaiting ? this.completion.complete(request, socket, head, result) : undefined;
    if (webSocket) {
      this.log(`CONNECT ${peer.connectionId} ${result.statusCode}`);
      this.outcomes.onOpened(peer, webSocket, socket);
    } else {
      this.log(`CONNECT ${peer.connectionId} admitted, but the client has gone`);
      this.outcomes.onAborted(peer);
    }
  }
}
