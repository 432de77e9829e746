import type { Action, Page } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import type { Queue } from '../connection/queue.js';
import { requestUntilAnswered } from '../connection/request-until-answered.js';
import type { Answer } from '../connection/requester.js';
import type { Session } from '../connection/session.js';
import { Emitter } from '../emitter.js';
import type { HistoryOptions, Message } from '../feed.js';
import type { RoomEvents } from '../room.js';
import { Follower } from './follower.js';
import { pagesBack, toMessage } from './history.js';
import type { Reset } from './stream.js';

/** A room that one listens to: `*` and the inbox as they are, any other through `LiveRoom`. */
export class LiveFeed extends Emitter<RoomEvents<unknown>> {
  protected readonly follower: Follower;
  readonly #nameOf: () => string;
  #isNew = true;

  constructor(
    nameOf: () => string,
    protected readonly session: Session,
    events: (keyof RoomEvents<unknown>)[] = ['message', 'reset'],
  ) {
    super(events);
    this.#nameOf = nameOf;
    this.follower = new Follower(this, session);
  }

  get name(): string {
    return this.#nameOf();
  }

  /** Whether what is pushed to this room is of interest. */
  get isOpen(): boolean {
    return true;
  }

  /** Whether the connection is to be in it. */
  get isMember(): boolean {
    return true;
  }

  get isCatchingUp(): boolean {
    return this.follower.isCatchingUp;
  }

  get cursor(): Cursor | undefined {
    return this.follower.cursor ?? (this.#isNew ? this.session.config.cursors.get(this.name) : undefined);
  }

  history(options?: HistoryOptions | null): AsyncGenerator<Message[], void, undefined> {
    const ask = (query: object) => this.session.admit(() => this.ask('history', () => query));
    return pagesBack(async (query) => (await ask(query)).reply, options);
  }

  /** @internal */
  pushed(epoch: string, items: readonly Item[]): void {
    if (this.isOpen) this.follower.receive(epoch, items);
  }

  /** @internal */
  observed(head: Cursor): void {
    if (this.isOpen) this.follower.observe(head);
  }

  /** The server's word on a room that is ours; `since` if we said where we stood. @internal */
  placed(since: Cursor | undefined, page: Page): void {
    const from = since ?? this.cursor;
    if (!this.follower.cursor && from) this.follower.start(from);
    this.#isNew = false;
    if (since) this.follower.recover(since, page);
    else if (from) this.follower.observe(page);
    else this.follower.start(page);
  }

  /** @internal */
  surfaced(epoch: string, item: Item): void {
    if (this.isOpen) this.emit('message', toMessage(this.name, epoch, item));
  }

  /** @internal */
  reset(notice: Reset): void {
    if (!this.isOpen) return;
    this.session.config.log(`${this.name}: reset, ${notice.reason}`);
    this.emit('reset', notice);
  }

  /** Neither the hello nor the log would tell where it stands. @internal */
  refused(): void {
    const since = this.cursor;
    this.ask('history', () => ({ since })).then(
      ({ reply }) => this.placed(since, reply),
      () => {},
    );
  }

  protected ask<A extends Action>(
    action: A,
    fields: () => object = () => ({}),
    inTurn?: Queue,
  ): Promise<Answer<A>> {
    return requestUntilAnswered(this.session, action, () => ({ room: this.name, ...fields() }), inTurn);
  }
}
