import type { Client } from '../../../../client/src/client.js';
import type { Feed } from '../../../../client/src/feed.js';
import type { LiveRoom } from '../../../../client/src/rooms/live-room.js';
import { SwitchboardError } from '../../../../client/src/switchboard-error.js';
import type { ShownState } from '../simulation/records/states-and-signals.js';
import { isBehind } from './is-behind.js';
import { ReturningClient } from './returning-client.js';
import type { Audience, LogItem, LogPosition, Platform, TortureClient } from './torture-client.js';

const LOOK_AGAIN_MS = 1_000;

/** Short enough to find lost last pushes while a seed runs. */
const PING_INTERVAL_MS = 240_000;

/** The client library as a `TortureClient`. */
export class LibraryClient implements TortureClient {
  readonly #clients: ReturningClient;
  readonly #network = new EventTarget();
  readonly #inbox: string;
  readonly #left = new Map<string, LogPosition>();
  readonly #started = new Set<string>();
  readonly #watched = new Set<string>();
  #generation = 0;

  constructor(
    userId: string,
    private readonly platform: Platform,
    private readonly audience: Audience,
  ) {
    const { WebSocket, clock, random } = platform;
    this.#inbox = `@${userId}`;
    this.#clients = new ReturningClient(
      {
        userId,
        WebSocket: WebSocket as never,
        clock,
        random,
        network: this.#network,
        fetch: async () => {},
        pingIntervalMs: PING_INTERVAL_MS,
      },
      (client, rooms) => this.#begin(client, rooms),
    );
  }

  async join(room: string, resume: boolean): Promise<void> {
    const since = resume ? this.#left.get(room) : undefined;
    this.#left.delete(room);
    if (since) this.#starts(room, since);
    try {
      const at = await this.#repeat(() => {
        this.#watch(room);
        return this.#room(room).join(since && { since });
      });
      // While a leave is still under way, the room continues from its last place.
      if (this.#room(room).isOpen()) this.#starts(room, this.cursorOf(room) ?? at);
    } catch (error) {
      if (!this.#room(room).isOpen()) this.#started.delete(room);
      throw error;
    }
  }

  async leave(room: string): Promise<void> {
    const cursor = this.cursorOf(room);
    if (cursor) this.#left.set(room, cursor);
    this.#started.delete(room);
    // The library counts joins; the torture leaves as often as it joined.
    await this.#repeat(async () => {
      do await this.#room(room).leave();
      while (this.#room(room).isOpen());
    });
  }

  async publish(room: string, data: unknown, key: string | undefined): Promise<void> {
    const options = key === undefined ? {} : { key };
    await this.#repeat(() => {
      if (room === '*') return this.#clients.current.broadcast(data, options);
      if (room.startsWith('@')) return this.#clients.current.send(room.slice(1), data, options);
      return this.#room(room).publish(data, options);
    });
  }

  async members(room: string): Promise<{ users: string[]; states: readonly ShownState[] }> {
    const members = await this.#repeat(() => this.#room(room).presence());
    return { users: members.map(({ user }) => user), states: members.filter(({ counter }) => counter > 0) };
  }

  setState = (room: string, state: unknown) => this.#repeat(() => this.#room(room).setState(state));

  signal(room: string, data: unknown): void {
    if (room.startsWith('@')) this.#clients.current.signal(room.slice(1), data);
    else this.#room(room).signal(data);
  }

  history(room: string): Promise<{ epoch: string; item: LogItem }[]> {
    return this.#repeat(async () => {
      const found: { epoch: string; item: LogItem }[] = [];
      for await (const page of this.#feed(room).history())
        found.unshift(...page.map((item) => ({ epoch: item.epoch, item })));
      return found;
    });
  }

  async upToDate(): Promise<void> {
    for (const room of this.rooms()) {
      const head = await this.#head(room).catch(() => undefined);
      while (head && this.rooms().includes(room) && isBehind(this.cursorOf(room), head)) {
        // Pings now, as the library does every few minutes, to learn each room's newest offset.
        this.#network.dispatchEvent(new Event('online'));
        await this.#pause();
      }
    }
  }

  cursorOf(room: string): LogPosition | undefined {
    return this.#feed(room).cursor;
  }

  rooms(): string[] {
    const isIn = (room: string) => room !== '*' && room !== this.#inbox && this.#room(room).isOpen();
    return ['*', this.#inbox, ...[...this.#watched].filter(isIn)];
  }

  forsake(): void {
    this.#generation += 1;
  }

  /** Begins in the rooms of the previous client. */
  #begin(client: Client, rooms: readonly string[]): void {
    this.#watched.clear();
    for (const room of ['*', this.#inbox, ...rooms]) this.#watch(room, client);
    // The start of `*` and the inbox: no event tells it, so it is read as soon as it is known.
    client.on('state', () => {
      for (const room of ['*', this.#inbox]) this.#starts(room, this.cursorOf(room));
    });
    for (const room of rooms) this.#repeat(() => client.room(room).join()).catch(() => {});
  }

  async #head(room: string): Promise<LogPosition | undefined> {
    for await (const page of this.#feed(room).history({ limit: 1 })) return page.at(-1);
    return undefined;
  }

  #room(name: string, client = this.#clients.current): LiveRoom {
    return client.room(name) as unknown as LiveRoom;
  }

  #feed(name: string, client = this.#clients.current): Feed {
    if (name === '*') return client.everyone;
    return name === this.#inbox ? client.inbox : (this.#room(name, client) as unknown as Feed);
  }

  #watch(room: string, client = this.#clients.current): void {
    if (this.#watched.has(room)) return;
    this.#watched.add(room);
    const feed = this.#feed(room, client);
    feed.on('message', (message) => {
      this.#starts(room, { epoch: message.epoch, offset: message.offset - 1 });
      // A leave can take long: messages shown meanwhile must not be shown again after the next join.
      if (this.#left.has(room)) this.#left.set(room, { epoch: message.epoch, offset: message.offset });
      this.audience.surfaced(room, message.epoch, message);
    });
    feed.on('reset', ({ epoch, offset }) => {
      this.#started.add(room);
      if (this.#left.has(room)) this.#left.set(room, { epoch, offset });
      this.audience.reset(room, { epoch, offset });
    });
    if (room !== '*' && !room.startsWith('@'))
      this.#room(room, client).on('error', () => this.#started.delete(room));
  }

  #starts(room: string, cursor: LogPosition | undefined): void {
    if (!cursor || this.#started.has(room)) return;
    this.#started.add(room);
    this.audience.started(room, { epoch: cursor.epoch, offset: cursor.offset });
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.platform.clock.setTimeout(resolve, LOOK_AGAIN_MS));
  }

  /** The library gives up after a minute, and after a kick; the torture does not. */
  async #repeat<T>(call: () => Promise<T>): Promise<T> {
    const generation = this.#generation;
    for (;;) {
      const client = this.#clients.current;
      try {
        return await call();
      } catch (error) {
        const { retryable, code } = error as SwitchboardError;
        const isWorthIt =
          retryable || code === 'closed' || (code === 'forbidden' && client.state === 'closed');
        if (!(error instanceof SwitchboardError) || !isWorthIt || generation !== this.#generation)
          throw error;
        // Some refusals come at once: without a pause, virtual time would never pass.
        await this.#pause();
      }
    }
  }
}
