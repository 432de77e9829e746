import type { Action } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import { ROOM_NAME } from '../../../protocol/names.js';
import type { Pushes } from '../../../protocol/pushes.js';
import { createQueue, type Queue } from '../connection/queue.js';
import type { Published } from '../published.js';
import type { Joined, JoinOptions, PublishOptions } from '../room.js';
import { SwitchboardError } from '../switchboard-error.js';
import { createPublish } from './create-publish.js';
import { LiveFeed } from './live-feed.js';
import { Roster } from './roster.js';

/** How often in a row the server may deny that we are in the room that we are in. */
const MAX_DENIALS = 3;

/** A room that one is in because one joined it. */
export class LiveRoom extends LiveFeed {
  #wanted = false;
  #isMember = false;
  #rejoining = false;
  #leaves = 0;
  /** The joins that were not left again: components of one page need not know of each other. */
  readonly #joins = new Set<unknown>();
  #entering: { readonly leaves: number; readonly joined: Promise<Joined> } | undefined;
  /** Set while something waits for the current task to end. */
  #taskEnd: Promise<void> | undefined;
  /** One at a time: the server may answer two frames of one connection in either order. */
  readonly #inTurn = createQueue(1);
  readonly #roster = new Roster(
    this.session,
    async () => (await this.ask('presence')).reply,
    (presence) => this.emit('presence', presence),
  );
  readonly #publish = createPublish(this.session, (...asked) => this.ask(...asked));

  override get isOpen(): boolean {
    return this.#wanted;
  }

  /** Joined, as far as we know, and to be joined again wherever it is not. @internal */
  override get isMember(): boolean {
    return this.#wanted && this.#isMember;
  }

  override get isCatchingUp(): boolean {
    return this.#rejoining || super.isCatchingUp;
  }

  join(options?: JoinOptions | null): Promise<Joined> {
    return this.session.admit(async () => {
      const join = {};
      this.#joins.add(join);
      try {
        return await this.#enter(options?.since ?? undefined);
      } catch (error) {
        this.#joins.delete(join);
        throw error;
      }
    });
  }

  async leave(): Promise<void> {
    for (const join of [...this.#joins].slice(0, 1)) this.#joins.delete(join);
    if (this.#joins.size) return;
    this.#leaves += 1;
    this.#wanted = false;
    await this.#inTurn(() => this.#leave());
  }

  /** @internal */
  announced(presence: Pushes['presence']): void {
    if (this.isMember) this.#roster.announced(presence);
  }

  /** The connection is in the room although no caller here has joined it, or still wants it. @internal */
  tidy(): void {
    this.#inTurn(async () => (this.#wanted ? undefined : this.#leave())).catch(() => {});
  }

  async members(): Promise<readonly string[]> {
    return (await this.session.admit(() => this.ask('presence'))).reply.members;
  }

  publish(data: unknown, options?: PublishOptions | null): Promise<Published> {
    return this.#publish('publish', {}, data, options);
  }

  /** In, on the current connection, as soon as may be. @internal */
  rejoin(): void {
    if (this.#rejoining) return;
    this.#rejoining = true;
    void this.#inTurn(async () => (this.isMember ? this.#join() : undefined))
      .catch((error: SwitchboardError) => {
        if (!error.retryable) this.expelled(error);
      })
      .finally(() => {
        this.#rejoining = false;
        this.session.changed();
      });
  }

  /** @internal */
  expelled(error: SwitchboardError): void {
    if (!this.#wanted) return;
    this.#joins.clear();
    this.#end();
    this.emit('error', error);
  }

  override refused(): void {
    this.rejoin();
  }

  /** What only members may ask. */
  protected override async ask<A extends Action>(action: A, fields?: () => object, inTurn?: Queue) {
    // It may be called later in the same task. Who waits for that keeps its place before those who come later.
    if (!this.#joins.size) this.#taskEnd ??= this.#untilTaskEnds();
    await this.#taskEnd;
    for (let attempt = 1; ; attempt += 1) {
      // A join, or another one, may be under way.
      await this.#inTurn(async () => {});
      if (!this.#joins.size) throw new SwitchboardError('not_a_member', 'Not joined');
      try {
        return await super.ask(action, fields, inTurn);
      } catch (error) {
        const isDenied = (error as SwitchboardError).code === 'not_a_member';
        if (!isDenied || !this.isMember || attempt === MAX_DENIALS) throw error;
      }
      // The server forgot that we are in, as it does with a connection it took for gone.
      await this.#enter();
    }
  }

  async #untilTaskEnds(): Promise<void> {
    await new Promise<void>((resolve) => this.session.config.clock.setTimeout(resolve, 0));
    this.#taskEnd = undefined;
  }

  /** Joins that are called while one is under way are that one, unless it was left in between. */
  #enter(since?: Cursor): Promise<Joined> {
    const leaves = this.#leaves;
    if (this.#entering?.leaves === leaves) return this.#entering.joined;
    const joined = this.#inTurn(() => {
      // Unless it was left again before this had its turn.
      if (leaves === this.#leaves) this.#wanted = true;
      return this.#join(since);
    }).finally(() => {
      if (this.#entering?.joined === joined) this.#entering = undefined;
    });
    this.#entering = { leaves, joined };
    return joined;
  }

  async #join(from?: Cursor): Promise<Joined> {
    try {
      if (!ROOM_NAME.test(this.name)) throw new SwitchboardError('invalid_room', 'No room name');
      for (;;) {
        let since: Cursor | undefined;
        const { reply, link } = await super.ask('join', () => {
          since = this.follower.cursor ?? from ?? this.cursor;
          return { since };
        });
        link.rooms.add(this.name);
        this.#isMember = true;
        this.#roster.read(reply);
        this.placed(since, reply);
        // Another connection took over meanwhile: there, too.
        if (link !== this.session.link && this.session.link) continue;
        const { epoch, offset, members, truncated = false } = reply;
        return { epoch, offset, members, truncated };
      }
    } catch (error) {
      // Perhaps one is in it all the same, or perhaps another connection fares better.
      if ((error as SwitchboardError).retryable) this.session.link?.drop();
      if (!this.#isMember) this.#end();
      throw error;
    }
  }

  async #leave(): Promise<void> {
    this.#end();
    for (let link = this.session.link; link?.rooms.has(this.name); link = this.session.link) {
      const left = await super.ask('leave');
      left.link.rooms.delete(this.name);
    }
  }

  #end(): void {
    this.#wanted = false;
    this.#isMember = false;
    this.#roster.forget();
    this.follower.forget();
  }
}
