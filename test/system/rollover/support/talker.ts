import { EventEmitter, once } from 'node:events';
import { WebSocket } from 'ws';
import type { Client } from '../../../../client/src/client.js';
import type { createClient } from '../../../../client/src/create-client.js';
import { ReceivedMessages } from '../../../../scripts/trials/load/received-messages.js';

/** Finds a last message whose push was lost soon, rather than after minutes. */
const PING_MS = 1_000;

/** A member of a room who publishes one message after the other, and records received messages. */
export class Talker {
  readonly ledger = new ReceivedMessages();
  readonly acked: number[] = [];
  readonly troubles: string[] = [];
  readonly #client: Client;
  readonly #progress = new EventEmitter();
  #talking = Promise.resolve();
  #silent = false;

  constructor(
    create: typeof createClient,
    url: string,
    userId: string,
    private readonly roomName: string,
  ) {
    this.#client = create(url, { userId, WebSocket, pingIntervalMs: PING_MS });
  }

  async join(): Promise<void> {
    const room = this.#client.room<number>(this.roomName);
    room.on('message', ({ offset }) => {
      this.ledger.hear(offset);
      this.#progress.emit('progress');
    });
    room.on('reset', ({ reason }) => this.troubles.push(`reset: ${reason}`));
    room.on('error', ({ code }) => this.troubles.push(`error: ${code}`));
    await room.join();
  }

  /** Until `fallsSilent`. */
  talk(): void {
    this.#talking = this.#talk();
  }

  async #talk(): Promise<void> {
    const room = this.#client.room<number>(this.roomName);
    while (!this.#silent) {
      const { offset } = await room.publish(this.acked.length);
      this.acked.push(offset);
      this.#progress.emit('progress');
    }
  }

  /** Resolves when it has published so many more. */
  async says(more: number): Promise<void> {
    const wanted = this.acked.length + more;
    await this.#until(() => this.acked.length >= wanted);
  }

  async fallsSilent(): Promise<void> {
    this.#silent = true;
    await this.#talking;
  }

  /** Resolves when it has heard all of them. */
  async hears(offsets: readonly number[]): Promise<void> {
    await this.#until(() => this.ledger.missing(offsets) === 0);
  }

  /** All that the room's history has, oldest first. */
  async history(): Promise<number[]> {
    const pages: number[][] = [];
    for await (const page of this.#client.room(this.roomName).history({ limit: 100 }))
      pages.unshift(page.map(({ offset }) => offset));
    return pages.flat();
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #until(holds: () => boolean): Promise<void> {
    const failure = this.#talking.then(() => new Promise(() => {}));
    while (!holds()) await Promise.race([once(this.#progress, 'progress'), failure]);
  }
}
