import type { Page } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import type { Message, ResetNotice } from '../../src/feed.js';
import { createStream } from '../../src/messages/stream.js';
import { FakeLog } from './fake-log.js';

type Seen = { epoch: string; offset: number; id: string } | { reset: ResetNotice };

/** A stream, its log, and everything that is on its way from one to the other. */
export class Listening {
  readonly log = new FakeLog('lobby');
  readonly seen: Seen[] = [];
  readonly pushed: { epoch: string; item: Item }[] = [];
  readonly answers: { since: Cursor; page: Page }[] = [];
  readonly heads: Cursor[] = [];
  readonly stream = createStream({ name: 'lobby' }, (event, told) => {
    if (event === 'reset') this.seen.push({ reset: told as ResetNotice });
    else {
      const { epoch, offset, id } = told as Message;
      this.seen.push({ epoch, offset, id });
    }
  });
  #epochs = 1;

  publish(): void {
    const { entry } = this.log.append('bob', null);
    this.pushed.push({ epoch: this.log.epoch, item: entry });
  }

  renew(): void {
    this.log.renew(`e${++this.#epochs}`);
  }

  expire(by: number): void {
    this.log.expired = Math.min(this.log.expired + by, this.log.entries.length);
  }

  /** The answer to a join says where the room stood when it was asked. */
  start(where = this.log.head): void {
    if (!this.stream.cursor()) this.stream.start(where);
  }

  /** Pushes come in any order, any number of times, or not at all. */
  push(which: number): void {
    const one = this.pushed[which % this.pushed.length];
    if (one) this.stream.receive(one.epoch, [one.item]);
  }

  /** The push that is due, or one near it. */
  pushNear(by: number): void {
    const { epoch, offset = 0 } = { ...this.stream.cursor() };
    const due = this.pushed.findIndex((one) => one.epoch === epoch && one.item.offset === offset + 1);
    if (due >= 0) this.push(Math.max(0, due + by));
  }

  ask(limit: number): void {
    const since = this.stream.cursor();
    if (!since) return;
    this.stream.asking();
    this.answers.push({ since, page: this.log.after(since, limit) });
  }

  /** Answers may come late, and more than one question may be open at once. */
  answer(which: number): void {
    const [one] = this.answers.splice(which % Math.max(1, this.answers.length), 1);
    if (one) this.stream.recover(one.since, one.page);
  }

  lookUp(): void {
    this.heads.push(this.log.head);
  }

  observe(which: number): void {
    const [head] = this.heads.splice(which % Math.max(1, this.heads.length), 1);
    if (head) this.stream.observe(head);
  }

  /** The follower's work while its stream is behind. */
  catchUp(): void {
    for (let rounds = 0; this.stream.isBehind() && rounds < 1_000; rounds += 1) {
      this.ask(3);
      this.answer(this.answers.length - 1);
    }
  }
}
