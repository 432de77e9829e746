import type { ShownState } from '../simulation/records/states-and-signals.js';
import { catchUp } from './catch-up.js';
import { Link, LOST, RefusedError } from './link.js';
import { OwnStates, type Stated } from './own-states.js';
import { type CatchUpPage, PlaceInRoom } from './place-in-room.js';
import { publishing } from './publishing.js';
import type { Audience, LogItem, LogPosition, Platform, TortureClient } from './torture-client.js';
import { wholeHistory } from './whole-history.js';

interface HelloReply {
  rooms: ({ room: string; error?: { code: string } } & CatchUpPage)[];
}

const FORSAKEN = 'forsaken';

/** The simplest client that keeps the promises of the protocol. */
export class ModelClient implements TortureClient {
  readonly #url: string;
  readonly #places = new Map<string, PlaceInRoom>();
  readonly #left = new Map<string, LogPosition>();
  #link: Link | undefined;
  #waiting: (() => void)[] = [];
  readonly #states: OwnStates;
  #generation = 0;

  constructor(
    userId: string,
    private readonly platform: Platform,
    private readonly audience: Audience,
  ) {
    this.#url = `ws://switchboard.test/?userId=${encodeURIComponent(userId)}`;
    this.#states = new OwnStates(userId, (action, fields) => this.#perform(action, fields));
    for (const room of ['*', `@${userId}`]) this.#places.set(room, new PlaceInRoom(room, audience));
    void this.#stayConnected();
  }

  async join(room: string, resume: boolean): Promise<void> {
    const place = new PlaceInRoom(room, this.audience);
    this.#places.set(room, place);
    const left = resume ? this.#left.get(room) : undefined;
    if (left) place.start(left);
    this.#left.delete(room);
    const since = place.cursor && { ...place.cursor };
    const page = await this.#perform<CatchUpPage & Stated>('join', { room, ...(since && { since }) }).catch(
      (error) => {
        // If the room has a cursor, the next hello resumes it.
        if (error.code === FORSAKEN && place.cursor) throw error;
        if (this.#places.get(room) === place) this.#places.delete(room);
        if (place.cursor) this.#left.set(room, place.cursor);
        throw error;
      },
    );
    this.#states.saw(room, page);
    if (this.#places.get(room) !== place) return;
    if (since) place.take(since, page);
    else place.start(page);
    this.#look(room, place);
  }

  async leave(room: string): Promise<void> {
    const cursor = this.cursorOf(room);
    if (cursor) this.#left.set(room, cursor);
    this.#places.delete(room);
    await this.#perform('leave', { room });
  }

  async publish(room: string, data: unknown, key: string | undefined): Promise<void> {
    const [action, fields] = publishing(room, data, key);
    if (key !== undefined) await this.#perform(action, fields);
    else await (await this.#ready()).request(action, fields);
  }

  members(room: string): Promise<{ users: string[]; states: readonly ShownState[] }> {
    return this.#states.members(room);
  }

  setState(room: string, state: unknown): Promise<void> {
    return this.#states.set(room, state);
  }

  signal(room: string, data: unknown): void {
    this.#link?.signal(room.startsWith('@') ? { to: room.slice(1) } : { room }, data);
  }

  history(room: string): Promise<{ epoch: string; item: LogItem }[]> {
    return wholeHistory((before) => this.#perform<CatchUpPage>('history', { room, ...before }));
  }

  async upToDate(): Promise<void> {
    for (;;) {
      const rooms = this.rooms().filter((room) => this.cursorOf(room));
      const { heads } = await this.#perform<{ heads: Record<string, LogPosition> }>('ping', { rooms });
      for (const room of rooms) this.#places.get(room)?.observe(heads[room] as LogPosition);
      const behind = rooms.filter((room) => this.#places.get(room)?.behind);
      if (behind.length === 0) return;
      await Promise.all(behind.map((room) => this.#catchUp(room, this.#places.get(room) as PlaceInRoom)));
    }
  }

  cursorOf(room: string): LogPosition | undefined {
    return this.#places.get(room)?.cursor;
  }

  rooms(): string[] {
    return [...this.#places.keys()];
  }

  forsake(): void {
    this.#generation += 1;
  }

  async #stayConnected(): Promise<never> {
    for (;;) {
      const link = new Link(this.#url, this.platform, (frame) => this.#pushed(frame));
      try {
        await link.opened;
        await this.#greet(link);
        this.#link = link;
        for (const wake of this.#waiting.splice(0)) wake();
        await link.ended;
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        link.drop();
      }
      this.#link = undefined;
      await this.#pause(1_500);
    }
  }

  /** Until every previous room is resumed. */
  async #greet(link: Link): Promise<void> {
    for (;;) {
      const resume = [...this.#places].flatMap(([room, { cursor }]) => (cursor ? [{ room, ...cursor }] : []));
      const { rooms } = await link.request<HelloReply>('hello', { resume });
      for (const page of rooms) {
        const place = this.#places.get(page.room);
        const since = resume.find(({ room }) => room === page.room);
        if (page.error || !place) continue;
        if (since) place.take(since, page);
        else if (!place.cursor) place.start(page);
        this.#look(page.room, place);
      }
      if (rooms.every(({ error }) => !error)) return;
      await this.#pause(500);
    }
  }

  #pushed({ type, room, epoch, items, ...item }: Record<string, unknown>): void {
    if (type === 'presence') this.#states.saw(room as string, item);
    const place = this.#places.get(room as string);
    if (!place || (type !== 'message' && type !== 'messages')) return;
    place.receive(epoch as string, type === 'messages' ? (items as LogItem[]) : [item as unknown as LogItem]);
    this.#look(room as string, place);
  }

  /** Waits a moment in case the missing publications arrive by themselves. */
  #look(room: string, place: PlaceInRoom): void {
    if (place.behind) this.platform.clock.setTimeout(() => void this.#catchUp(room, place), 200);
  }

  #catchUp(room: string, place: PlaceInRoom): Promise<void> {
    const limit = () => 1 + Math.floor(this.platform.random() * 20);
    const read = (since: LogPosition) =>
      this.#perform<CatchUpPage>('history', { room, since, limit: limit() });
    return catchUp(place, read, () => this.#places.get(room) === place);
  }

  async #perform<Reply>(action: string, fields: object): Promise<Reply> {
    const generation = this.#generation;
    for (;;) {
      const link = await this.#ready();
      if (generation !== this.#generation) throw new RefusedError(FORSAKEN, false);
      try {
        return await link.request<Reply>(action, fields);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        // After an operator has removed it from a room, it joins all rooms again.
        if (error.code === 'session_unknown' || (action === 'ping' && error.code === 'not_a_member'))
          link.drop();
        else if (!error.retryable) throw error;
        if (error.code !== LOST) await this.#pause(800);
      }
    }
  }

  async #ready(): Promise<Link> {
    while (!this.#link) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#link;
  }

  #pause(longestMs: number): Promise<void> {
    const { clock, random } = this.platform;
    return new Promise((resolve) => clock.setTimeout(resolve, random() * longestMs));
  }
}
