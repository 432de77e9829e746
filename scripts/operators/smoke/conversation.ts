import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Client } from '../../../client/src/client.js';
import { createClient } from '../../../client/src/create-client.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Check } from '../../support/check-list.js';
import { FeedMessages } from '../../support/feed-messages.js';
import { untilLive } from '../../support/until-live.js';

export interface SmokeTarget {
  readonly url: string;
  /** Empty if guests are accepted. Otherwise one for both clients, or one for each. */
  readonly tokens: readonly string[];
}

const expectThat = (holds: boolean, problem: string): void => {
  if (!holds) throw new Error(problem);
};

/** Two clients in a room of their own. The checks build on each other, in this order. */
export class Conversation {
  readonly #mark = randomBytes(5).toString('hex');
  readonly #room = `smoke-${this.#mark}`;
  readonly #alice: Client;
  #bob: Client;
  #aliceHeard!: FeedMessages;
  #bobHeard!: FeedMessages;
  #lastSeen: Record<string, Cursor> = {};

  constructor(private readonly endpoint: SmokeTarget) {
    this.#alice = this.#client(0);
    this.#bob = this.#client(1);
  }

  checks(): Check[] {
    const check = (name: string, run: () => Promise<string | undefined>): Check => ({ name, run });
    return [
      check('two clients connect', () => this.#connect()),
      check('both join a room, and are its members', () => this.#join()),
      check('a publication reaches both', () => this.#publish()),
      check('the same key makes one message', () => this.#repeat()),
      check('the history has what was published, in order', () => this.#history()),
      check('a direct message reaches an inbox', () => this.#send()),
      check('a broadcast reaches everyone', () => this.#broadcast()),
      check('a client that was away gets what it missed, once', () => this.#catchUp()),
      check('a member that has left is no member', () => this.#leave()),
    ];
  }

  async end(): Promise<void> {
    await Promise.all([this.#alice.close(), this.#bob.close()]);
  }

  #client(index: number): Client {
    const token = this.endpoint.tokens[index] ?? this.endpoint.tokens[0];
    return createClient(this.endpoint.url, {
      WebSocket,
      cursors: this.#lastSeen,
      ...(token === undefined ? { userId: `smoke-${this.#mark}-${index}` } : { token: () => token }),
    });
  }

  async #connect(): Promise<string> {
    await Promise.all([untilLive(this.#alice), untilLive(this.#bob)]);
    return `as ${this.#alice.userId} and ${this.#bob.userId}`;
  }

  async #join(): Promise<undefined> {
    this.#aliceHeard = new FeedMessages(this.#alice.room(this.#room));
    this.#bobHeard = new FeedMessages(this.#bob.room(this.#room));
    await this.#alice.room(this.#room).join();
    const { members, truncated } = await this.#bob.room(this.#room).join();
    // Without the permission `presence`, no member is shown.
    const all = [this.#alice.userId, this.#bob.userId].every((userId) => members.includes(userId ?? ''));
    expectThat(truncated || all, `Its members are ${members.join(', ')}.`);
  }

  async #publish(): Promise<undefined> {
    await this.#alice.room(this.#room).publish('one');
    await Promise.all([this.#aliceHeard.all(['one']), this.#bobHeard.all(['one'])]);
  }

  async #repeat(): Promise<undefined> {
    const key = this.#mark;
    const first = await this.#alice.room(this.#room).publish('two', { key });
    const second = await this.#alice.room(this.#room).publish('two', { key });
    await this.#bobHeard.all(['two']);
    expectThat(second.repeated, 'The second ack does not say that it repeats.');
    expectThat(first.offset === second.offset, `It has the offsets ${first.offset} and ${second.offset}.`);
    expectThat(this.#bobHeard.count('two') === 1, 'It came twice.');
  }

  async #history(): Promise<undefined> {
    const { value: page } = await this.#bob.room(this.#room).history().next();
    const kept = JSON.stringify(page?.map(({ data }) => data));
    expectThat(kept === '["one","two"]', `It has ${kept}.`);
  }

  async #send(): Promise<undefined> {
    const inbox = new FeedMessages(this.#bob.inbox);
    const data = `direct-${this.#mark}`;
    await this.#alice.send(this.#bob.userId ?? '', data);
    await inbox.all([data]);
  }

  async #broadcast(): Promise<string | undefined> {
    const everyone = new FeedMessages(this.#bob.everyone);
    const data = `broadcast-${this.#mark}`;
    const refused = await this.#alice.broadcast(data).then(
      () => undefined,
      (error: Error & { code?: string }) => error,
    );
    if (refused?.code === 'forbidden') return 'refused: the token does not grant it';
    if (refused) throw refused;
    await everyone.all([data]);
    return undefined;
  }

  async #catchUp(): Promise<undefined> {
    this.#lastSeen = this.#bob.cursors();
    await this.#bob.close();
    await this.#alice.room(this.#room).publish('three');
    await this.#alice.room(this.#room).publish('four');
    this.#bob = this.#client(1);
    this.#bobHeard = new FeedMessages(this.#bob.room(this.#room));
    await this.#bob.room(this.#room).join();
    await this.#bobHeard.all(['three', 'four']);
    const came = this.#bobHeard.messages.map(({ data }) => data).join(', ');
    expectThat(came === 'three, four', `It got ${came}.`);
  }

  async #leave(): Promise<undefined> {
    await this.#bob.room(this.#room).leave();
    const members = (await this.#alice.room(this.#room).presence()).map(({ user }) => user);
    const same = this.#alice.userId === this.#bob.userId;
    expectThat(same || !members.includes(this.#bob.userId ?? ''), 'It is still listed.');
  }
}
