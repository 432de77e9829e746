import { backoff } from './backoff.js';
import type { Config } from './config.js';
import { Dial, type Greeting } from './dial.js';
import type { Action, Cursor, Push, Replies, Resumption } from './frames.js';
import { KeepAlive } from './keep-alive.js';
import { type Link, lost } from './link.js';
import { RetiredLinks } from './retired-links.js';
import { Sleepers } from './sleepers.js';
import type { State } from './state.js';
import { SwitchboardError } from './switchboard-error.js';
import { TokenRefresh } from './token-refresh.js';

/** A connection that lived less long than this is no reason to start again with short pauses. */
const STABLE_MS = 10_000;

/** What the session tells whoever has the rooms, and asks of it. */
export interface SessionRooms {
  resumptions(): Resumption[];
  greeted(greeting: Greeting): void;
  pushed(push: Push): void;
  memberOf(): string[];
  observed(heads: Readonly<Record<string, Cursor>>): void;
  isCatchingUp(): boolean;
}

/** Refusals that hold for this connection only: another one may do, and nothing has changed meanwhile. */
const isOfConnection = (error: unknown): boolean =>
  ['session_unknown', 'token_expired'].includes((error as SwitchboardError).code);

/** One user's presence on the server, whatever number of connections it takes. */
export class Session {
  link: Link | undefined;
  error: SwitchboardError | undefined;
  userId: string | undefined;
  state: State = 'connecting';
  #rooms!: SessionRooms;
  #keepAlive!: KeepAlive;
  #dial: Dial | undefined;
  #redial: unknown;
  #rotation: unknown;
  #attempts = 0;
  #refusals = 0;
  #greetedAt: number | undefined;
  #isHurried = false;
  /** Rooms are being told where they stand: until all have been, nothing follows from those that have. */
  #isGreeting = false;
  readonly #refresh = new TokenRefresh(this);
  readonly #retired: RetiredLinks;
  readonly #sleepers: Sleepers;
  readonly #onState: (state: State) => void;

  constructor(
    readonly url: string,
    readonly config: Config,
    onState: (state: State) => void,
  ) {
    this.userId = config.userId;
    this.#sleepers = new Sleepers(config.clock);
    this.#retired = new RetiredLinks(config);
    this.#onState = onState;
  }

  start(rooms: SessionRooms): void {
    this.#rooms = rooms;
    this.#keepAlive = new KeepAlive(this.config, rooms);
    this.config.network?.addEventListener('online', this.#online);
    this.config.network?.addEventListener('offline', this.#offline);
    void this.#connect();
  }

  resumptions(): Resumption[] {
    return this.#rooms.resumptions();
  }

  /** Until there is a connection that has said hello; rejects after so long without one. */
  async ready(patienceMs: number): Promise<void> {
    if (!this.link && this.state !== 'closed') await this.wait(patienceMs);
    if (!this.link) throw this.state === 'closed' ? this.#over() : lost();
  }

  /** Sleeps for so long, or until there is a new connection or none any more. */
  wait(ms: number): Promise<void> {
    return this.#sleepers.sleep(ms);
  }

  /** One attempt, on the connection there is. */
  async request<A extends Action>(
    action: A,
    fields: object,
    timeoutMs = this.config.requestTimeoutMs,
  ): Promise<{ reply: Replies[A]; link: Link }> {
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

  /** Something about the rooms is different. */
  changed(): void {
    if (this.state === 'closed' || this.#isGreeting) return;
    const isBehind = this.#rooms.isCatchingUp();
    if (!isBehind) this.#retired.dismiss();
    this.#enter(this.link ? (isBehind ? 'catching-up' : 'live') : this.#dial ? 'connecting' : 'offline');
  }

  async close(error?: SwitchboardError): Promise<void> {
    if (this.state === 'closed') return;
    const { clock, network } = this.config;
    this.error = error;
    network?.removeEventListener('online', this.#online);
    network?.removeEventListener('offline', this.#offline);
    clock.clearTimeout(this.#redial);
    clock.clearTimeout(this.#rotation);
    this.#keepAlive.stop();
    const links = [...this.#retired.links, this.link, this.#dial?.link];
    this.link = undefined;
    this.#enter('closed');
    this.#dial?.cancel();
    this.#sleepers.wake();
    await Promise.all(links.map((link) => link?.close(this.#over())));
  }

  pushed(push: Push, link: Link): void {
    if (push.type === 'expiring') void this.#refresh.run();
    else if (push.type !== 'disconnect') this.#rooms.pushed(push);
    else if (push.reconnect) link.drop();
    else void this.close(new SwitchboardError(push.code, push.message));
  }

  ended(link: Link): void {
    const { clock } = this.config;
    this.#retired.remove(link);
    if (link !== this.link) return;
    this.link = undefined;
    this.#keepAlive.stop();
    clock.clearTimeout(this.#rotation);
    this.#attempts = clock.now() - (this.#greetedAt ?? 0) < STABLE_MS ? this.#attempts + 1 : 0;
    if (!this.#dial) this.#later();
    this.changed();
  }

  readonly #online = (): void => {
    if (this.link) return void this.#keepAlive.ping(this.link);
    this.#isHurried = true;
    this.#attempts = 0;
    if (this.#dial) this.#dial.cancel();
    else void this.#connect();
  };

  readonly #offline = (): void => this.link?.drop();

  async #connect(): Promise<void> {
    if (this.#dial || this.state === 'closed') return;
    this.config.clock.clearTimeout(this.#redial);
    this.#isHurried = false;
    this.#dial = new Dial(this);
    this.changed();
    let failure: unknown = lost();
    let greeting: Greeting | undefined;
    try {
      greeting = await this.#dial.run();
    } catch (error) {
      failure = error;
    }
    this.#dial = undefined;
    if (greeting?.link.isAlive) this.#adopt(greeting);
    else this.#failed(failure);
  }

  #adopt(greeting: Greeting): void {
    const { clock, random, rotateAfterMs } = this.config;
    const { link, hello } = greeting;
    if (this.link) this.#retired.add(this.link);
    this.link = link;
    if (this.#greetedAt !== undefined && hello.userId !== this.userId)
      return void this.close(new SwitchboardError('identity_changed', 'The token is another user’s'));
    this.userId = hello.userId;
    this.#greetedAt = clock.now();
    this.#refusals = 0;
    this.#isGreeting = true;
    this.#rooms.greeted(greeting);
    this.#isGreeting = false;
    this.#keepAlive.start(link);
    clock.clearTimeout(this.#rotation);
    // Early by up to a tenth, so that those who came together do not all move together.
    this.#rotation = clock.setTimeout(() => void this.#connect(), rotateAfterMs * (1 - 0.1 * random()));
    this.#sleepers.wake();
    this.changed();
  }

  #failed(error: unknown): void {
    if (this.state === 'closed') return;
    const { code, retryable, retryAfterMs } = error as Partial<SwitchboardError>;
    this.#refusals = code === 'refused' ? this.#refusals + 1 : 0;
    const neverLetIn = this.#greetedAt === undefined && this.#refusals >= this.config.maxRefusals;
    // While there is a connection, one that could not replace it ends nothing.
    if (!this.link && (neverLetIn || (retryable === false && !isOfConnection(error)))) {
      const isOurs = error instanceof SwitchboardError;
      return void this.close(isOurs ? error : new SwitchboardError('unauthenticated', 'There is no token'));
    }
    this.#attempts += 1;
    this.#later(retryAfterMs);
    this.changed();
  }

  #later(atLeastMs = 0): void {
    const { clock, random } = this.config;
    clock.clearTimeout(this.#redial);
    const delayMs = this.#isHurried ? 0 : Math.max(atLeastMs, backoff(this.#attempts, random));
    this.#redial = clock.setTimeout(() => void this.#connect(), delayMs);
  }

  #enter(state: State): void {
    if (state === this.state) return;
    this.state = state;
    this.#onState(state);
  }

  #over(): SwitchboardError {
    return this.error ?? new SwitchboardError('closed', 'The client was closed');
  }
}
