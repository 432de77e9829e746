import { ALL_PERMISSIONS, formatPermissions } from '../../src/domain/access/permissions.js';
import type { OnStore } from './on-store.js';

const MEMBERS = 10;
const ROOMS = 10;
const HISTORY = 60;

const room = (n: number): string => `room-${n % ROOMS}`;
const quietRoom = (n: number): string => `quiet-${n}`;

/** Ten users in ten rooms, and frames of the first of them. */
export class Frames {
  #sent = 0;
  readonly #cursors: { room: string; epoch: string; offset: number }[] = [];

  constructor(private readonly store: OnStore) {}

  async prepare(): Promise<void> {
    for (let user = 0; user < MEMBERS; user += 1) {
      await this.#event('CONNECT', user, '$connect');
      for (let n = 0; n < ROOMS; n += 1) await this.#ask(user, { action: 'join', room: room(n) });
    }
    for (let n = 0; n < ROOMS; n += 1) await this.#ask(0, { action: 'join', room: quietRoom(n) });
    for (let n = 0; n < HISTORY; n += 1) await this.#publish(0);
    for (let n = 0; n < ROOMS; n += 1) {
      const { epoch, offset } = await this.#ask(0, { action: 'publish', room: quietRoom(n), data: n });
      this.#cursors.push({ room: quietRoom(n), epoch: String(epoch), offset: Number(offset) });
    }
  }

  /** The measured frame, and the frame that undoes it. */
  readonly kinds: Record<string, { run(): Promise<unknown>; after?(): Promise<unknown> }> = {
    'hello, 10 rooms, nothing missed': {
      run: () => this.#ask(0, { action: 'hello', resume: this.#cursors }),
    },
    'publish to ten': { run: () => this.#publish(1 + (this.#sent % 4)) },
    'publish to ten, with a key': { run: () => this.#publish(5 + (this.#sent % 4), `key-${this.#sent}`) },
    send: { run: () => this.#ask(0, { action: 'send', to: 'user-1', data: 'a'.repeat(100) }) },
    'join a new room': {
      run: () => this.#ask(0, { action: 'join', room: `new-${this.#sent}` }),
      after: () => this.#ask(0, { action: 'leave', room: `new-${this.#sent - 1}` }),
    },
    'history of 50': { run: () => this.#ask(0, { action: 'history', room: room(0), limit: 50 }) },
  };

  #publish(n: number, key?: string): Promise<Record<string, unknown>> {
    return this.#ask(0, { action: 'publish', room: room(n), data: 'a'.repeat(100), ...(key && { key }) });
  }

  async #ask(
    user: number,
    frame: { action: string } & Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const reply = await this.#event('MESSAGE', user, frame.action, JSON.stringify(frame));
    const answer = JSON.parse(String(reply?.body));
    if (answer.type !== 'ack') throw new Error(`Not acked: ${reply?.body}`);
    return answer;
  }

  #event(eventType: string, user: number, routeKey: string, body?: string) {
    this.#sent += 1;
    return this.store.router({
      requestContext: {
        eventType,
        routeKey,
        connectionId: `Connection${user}=`,
        requestId: `request-${this.#sent}`,
        connectedAt: Date.now() - 60_000,
        authorizer: {
          principalId: `user-${user}`,
          userId: `user-${user}`,
          permissions: formatPermissions(ALL_PERMISSIONS),
        },
      },
      ...(body !== undefined && { body }),
    });
  }
}
