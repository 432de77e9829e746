import { WebSocket } from 'ws';
import type { Client } from '../../../client/src/client.js';
import { createClient } from '../../../client/src/create-client.js';
import type { ClientOptions } from '../../../client/src/options/client-options.js';
import { untilLive } from '../../support/until-live.js';
import { ReceivedMessages } from './received-messages.js';
import type { Times } from './times.js';

interface Payload {
  sentAt: number;
}

/** An overloaded endpoint refuses at first; this many refusals of one client are an error. */
const ATTEMPTS = 3;

/** Short, so that a client finds a lost last push while the load still waits for it. */
const PING_INTERVAL_MS = 240_000;

/** The members of one room, who take turns to publish. */
export class LoadRoom {
  readonly #members: { client: Client; received: ReceivedMessages }[] = [];
  readonly #acked: number[] = [];
  #turn = 0;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly times: Times,
    private readonly fail: (reason: string) => void,
  ) {}

  async admit(options: Pick<ClientOptions, 'userId' | 'token'>): Promise<void> {
    const client = createClient(this.url, { ...options, WebSocket, pingIntervalMs: PING_INTERVAL_MS });
    try {
      await this.times.of('connect', () => untilLive(client, ATTEMPTS));
      const room = client.room<Payload>(this.name);
      const received = new ReceivedMessages();
      room.on('message', ({ offset, data }) => {
        received.hear(offset);
        this.times.add('delivery', performance.now() - data.sentAt);
      });
      room.on('reset', ({ reason }) => this.fail(`reset: ${reason}`));
      room.on('error', ({ code }) => this.fail(`room: ${code}`));
      await this.times.of('join', () => room.join());
      this.#members.push({ client, received });
    } catch (error) {
      this.fail(`connect: ${(error as Error).message}`);
      await client.close();
    }
  }

  async publish(): Promise<void> {
    const member = this.#members[this.#turn % this.#members.length];
    this.#turn += 1;
    if (!member) return;
    const room = member.client.room<Payload>(this.name);
    try {
      const { offset } = await this.times.of('publish', () => room.publish({ sentAt: performance.now() }));
      this.#acked.push(offset);
    } catch (error) {
      this.fail(`publish: ${(error as { code?: string }).code ?? error}`);
    }
  }

  get members(): number {
    return this.#members.length;
  }

  get acked(): number {
    return this.#acked.length;
  }

  /** The expected deliveries: each acked publication to each member. */
  get lost(): number {
    return this.#sum((received) => received.missing(this.#acked));
  }

  get doubled(): number {
    return this.#sum(({ doubled }) => doubled);
  }

  get disordered(): number {
    return this.#sum(({ disordered }) => disordered);
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ client }) => client.close()));
  }

  #sum(of: (received: ReceivedMessages) => number): number {
    return this.#members.reduce((total, { received }) => total + of(received), 0);
  }
}
