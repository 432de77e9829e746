import type { Action } from '../../../protocol/actions.js';
import type { Cursor, RoomCursor } from '../../../protocol/cursor.js';
import type { Push } from '../../../protocol/pushes.js';
import type { Config } from '../options/configure.js';
import type { State } from '../state.js';
import type { Status } from '../status.js';
import { SwitchboardError } from '../switchboard-error.js';
import { boundCalls } from './bound-calls.js';
import { createKeepAlive, type KeepAlive } from './keep-alive.js';
import type { Link } from './link.js';
import { lost } from './lost.js';
import type { Greeting } from './open-connection.js';
import { isOfConnection, Reconnection } from './reconnection.js';
import type { Answer, Requester } from './requester.js';
import { createSleepers, type Sleepers } from './sleepers.js';
import { createTokenRefresh } from './token-refresh.js';
import { watchForSleep } from './wakefulness.js';

/** A connection that lived less long than this is no reason to start again with short pauses. */
const STABLE_MS = 10_000;

/** What may wait for an answer: what is published without a connection stays in memory. */
const MAX_CALLS = 1_000;

/** What the session tells the owner of the rooms, and asks of it. */
export interface SessionRooms {
  resumptions(): RoomCursor[];
  greeted(greeting: Greeting): void;
  pushed(push: Push): void;
  observed(heads: Readonly<Record<string, Cursor>>): void;
  isCatchingUp(): boolean;
}

/** One user's presence on the server, whatever number of connections it takes. */
export class Session implements Requester {
  link: Link | undefined;
  error: SwitchboardError | undefined;
  userId: string | undefined;
  status: Status = { state: 'connecting', reason: undefined, attempt: 1, nextTryAt: undefined };
  #rooms!: SessionRooms;
  #keepAlive!: KeepAlive;
  #stopWatching!: () => void;
  readonly admit = boundCalls(MAX_CALLS);
  #rotation: unknown;
  #greetedAt: number | undefined;
  /** Rooms are being told where they stand: until all have been, nothing follows from those that have. */
  #isGreeting = false;
  /** The connection that was replaced, until it owes no answer and every room is level without it. */
  #old: Link | undefined;
  readonly #sleepers: Sleepers;
  readonly #refresh = createTokenRefresh(this);
  readonly #reconnection: Reconnection;
  readonly #onStatus: (status: Status) => void;

  constructor(
    readonly url: string,
    readonly config: Config,
    onStatus: (status: Status) => void,
  ) {
    this.userId = config.userId;
    this.#sleepers = createSleepers(config.clock);
    this.#reconnection = new Reconnection(this);
    this.#onStatus = onStatus;
  }

  start(rooms: SessionRooms): void {
    this.#rooms = rooms;
    this.#keepAlive = createKeepAlive(this.config, rooms);
    this.#stopWatching = watchForSleep(this.config, (why) => this.#woke(why));
    void this.#reconnection.now();
  }

  get isClosed(): boolean {
    return this.status.state === 'closed';
  }

  resumptions(): RoomCursor[] {
    return this.#rooms.resumptions();
  }

  async ready(patienceMs: number): Promise<void> {
    if (!this.link && !this.isClosed) await this.wait(patienceMs);
    if (!this.link) throw this.isClosed ? this.#over() : lost();
  }

  wait(ms: number): Promise<void> {
    return this.#sleepers.sleep(ms);
  }

  async request<A extends Action>(
    action: A,
    fields: object,
    timeoutMs = this.config.requestTimeoutMs,
  ): Promise<Answer<A>> {
    const { link } = this;
    if (!link) throw lost();
    try {
      return { reply: await link.request(action, fields, timeoutMs), link };
    } catch (error) {
      if ((error as SwitchboardError).code === 'timeout') void this.#keepAlive.ping(link);
      if (!isOfConnection(error)) throw error;
      link.drop();
      throw lost();
    } finally {
      this.changed();
    }
  }

  /** Something about the rooms or the connections is different. */
  changed(): void {
    if (this.isClosed || this.#isGreeting) return;
    const isBehind = this.#rooms.isCatchingUp();
    if (!isBehind && this.#old?.isIdle) this.#old.drop();
    const { isDialling, attempt, reason, nextTryAt } = this.#reconnection;
    if (this.link) this.#show(isBehind ? 'catching-up' : 'live');
    else this.#show(isDialling ? 'connecting' : 'offline', reason, attempt, nextTryAt);
  }

  async close(error?: SwitchboardError): Promise<void> {
    if (this.isClosed) return;
    const { clock } = this.config;
    const links = [this.#old, this.link];
    this.error = error;
    this.link = undefined;
    this.#stopWatching();
    clock.clearTimeout(this.#rotation);
    this.#keepAlive.stop();
    this.#show('closed', error);
    this.#reconnection.stop();
    this.#sleepers.wake();
    await Promise.all(links.map((link) => link?.close(this.#over())));
  }

  pushed(push: Push, link: Link): void {
    if (push.type === 'expiring') void this.#refresh(link);
    else if (push.type !== 'disconnect') this.#rooms.pushed(push);
    else if (push.reconnect) link.drop();
    else void this.close(new SwitchboardError(push.code, push.message));
  }

  ended(link: Link, reason: SwitchboardError): void {
    const { clock } = this.config;
    if (link === this.#old) this.#old = undefined;
    if (link !== this.link) return;
    this.link = undefined;
    this.#keepAlive.stop();
    clock.clearTimeout(this.#rotation);
    this.#reconnection.soon(reason, clock.now() - (this.#greetedAt ?? 0) >= STABLE_MS);
  }

  /** Another connection takes over; the one before it stays until nothing more is expected of it. */
  adopt(greeting: Greeting): void {
    const { clock, random, rotateAfterMs } = this.config;
    const { link, hello } = greeting;
    this.#old?.drop();
    this.#old = this.link;
    this.link = link;
    if (this.#greetedAt !== undefined && hello.userId !== this.userId)
      return void this.close(new SwitchboardError('identity_changed', 'Another user'));
    this.userId = hello.userId;
    this.#greetedAt = clock.now();
    this.#isGreeting = true;
    this.#rooms.greeted(greeting);
    this.#isGreeting = false;
    this.#keepAlive.start(link);
    clock.clearTimeout(this.#rotation);
    // Early by up to a tenth, so that those who came together do not all move together.
    const restMs = rotateAfterMs * (1 - 0.1 * random());
    this.#rotation = clock.setTimeout(() => void this.#reconnection.now(), restMs);
    this.#sleepers.wake();
    this.changed();
  }

  /** At once, where the next attempt would wait its turn. */
  connect(): void {
    if (this.status.state === 'offline') this.#reconnection.hurry();
  }

  #woke(why: string): void {
    this.config.log(`awake: ${why}`);
    if (why === 'offline') this.link?.drop(lost('No network'));
    else if (this.link) void this.#keepAlive.ping(this.link);
    // A page that comes into view says nothing against an attempt that is under way.
    else if (/^[pv]/.test(why)) this.connect();
    else this.#reconnection.hurry();
  }

  #show(state: State, reason?: SwitchboardError, attempt = 0, nextTryAt?: number): void {
    const status = { state, reason, attempt, nextTryAt };
    const line = JSON.stringify(status);
    if (line === JSON.stringify(this.status)) return;
    this.status = status;
    this.config.log(`status: ${line}`);
    this.#onStatus(this.status);
  }

  #over(): SwitchboardError {
    return this.error ?? new SwitchboardError('closed', 'Closed');
  }
}
