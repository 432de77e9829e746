import { ALL_PERMISSIONS, formatPermissions } from '../../src/domain/access/permissions.js';

const MEMBERS = 10;
const QUIET_ROOMS = 10;
const HISTORY = 60;

/** Frames alternate between two rooms, so that no room reaches its limit. */
const busyRoom = (n: number): string => `busy-${n % 2}`;
const quietRoom = (n: number): string => `quiet-${n}`;
const LONG = 'long';

export type Router = (event: unknown) => Promise<{ body?: string }>;

export type BenchFrame = { action: string } & Record<string, unknown>;

/** The measured frame, and the frame that reverts it. */
export interface FrameKind {
  frame(): BenchFrame;
  after?(): BenchFrame;
}

/** Ten users in two rooms, and the frames of the first user, who is in eleven more rooms. */
export class Frames {
  #made = 0;
  #events = 0;
  readonly #cursors: { room: string; epoch: string; offset: number }[] = [];

  constructor(private readonly router: Router) {}

  async prepare(): Promise<void> {
    for (let user = 0; user < MEMBERS; user += 1) {
      await this.router(this.#event('CONNECT', user, '$connect'));
      for (let n = 0; n < 2; n += 1) await this.ask({ action: 'join', room: busyRoom(n) }, user);
    }
    await this.ask({ action: 'join', room: LONG });
    for (let n = 0; n < HISTORY; n += 1) await this.ask(publication(LONG));
    for (let n = 0; n < QUIET_ROOMS; n += 1) {
      await this.ask({ action: 'join', room: quietRoom(n) });
      const { epoch, offset } = await this.ask({ action: 'publish', room: quietRoom(n), data: n });
      this.#cursors.push({ room: quietRoom(n), epoch: String(epoch), offset: Number(offset) });
    }
  }

  readonly kinds: Readonly<Record<string, FrameKind>> = {
    'hello, 10 rooms, nothing missed': { frame: () => ({ action: 'hello', resume: this.#cursors }) },
    'publish to ten': { frame: () => publication(busyRoom(this.#next())) },
    'publish to ten, with a key': {
      frame: () => ({ ...publication(busyRoom(this.#next())), key: `key-${this.#made}` }),
    },
    send: { frame: () => ({ action: 'send', to: 'user-1', data: 'a'.repeat(100) }) },
    'join a new room': {
      frame: () => ({ action: 'join', room: `new-${this.#next()}` }),
      after: () => ({ action: 'leave', room: `new-${this.#made}` }),
    },
    'history of 50': { frame: () => ({ action: 'history', room: LONG, limit: 50 }) },
    'ping for three rooms': { frame: () => ({ action: 'ping', rooms: [busyRoom(0), '*', '@user-0'] }) },
  };

  async ask(frame: BenchFrame, user = 0): Promise<Record<string, unknown>> {
    return acked(await this.router(this.event(frame, user)));
  }

  event(frame: BenchFrame, user = 0): object {
    return this.#event('MESSAGE', user, frame.action, JSON.stringify(frame));
  }

  #next(): number {
    this.#made += 1;
    return this.#made;
  }

  #event(eventType: string, user: number, routeKey: string, body?: string): object {
    this.#events += 1;
    return {
      requestContext: {
        eventType,
        routeKey,
        connectionId: `Connection${user}=`,
        requestId: `request-${this.#events}`,
        connectedAt: Date.now() - 60_000,
        authorizer: {
          principalId: `user-${user}`,
          userId: `user-${user}`,
          permissions: formatPermissions(ALL_PERMISSIONS),
        },
      },
      ...(body !== undefined && { body }),
    };
  }
}

const publication = (room: string): BenchFrame => ({ action: 'publish', room, data: 'a'.repeat(100) });

/** @throws Error with any other reply */
export const acked = ({ body }: { body?: string }): Record<string, unknown> => {
  const answer = JSON.parse(String(body));
  if (answer.type !== 'ack') throw new Error(`Not acked: ${body}`);
  return answer;
};
