import type { Audience, LogItem, LogPosition } from './torture-client.js';

export interface CatchUpPage extends LogPosition {
  items: LogItem[];
  more: boolean;
  recovered: boolean;
}

/** A client's place in one room, with the publications that arrived too early. */
export class PlaceInRoom {
  cursor: LogPosition | undefined;
  /** There is evidence of publications that have not been shown. */
  behind = false;
  catchingUp: Promise<void> | undefined;
  #early = new Map<number, LogItem>();
  #earlyEpoch = '';

  constructor(
    private readonly room: string,
    private readonly audience: Audience,
  ) {}

  start({ epoch, offset }: LogPosition): void {
    this.cursor = { epoch, offset };
    this.audience.started(this.room, this.cursor);
    this.#settle();
  }

  /** Takes a push. */
  receive(epoch: string, items: readonly LogItem[]): void {
    if (epoch < this.#earlyEpoch) return;
    if (epoch > this.#earlyEpoch) this.#early = new Map();
    this.#earlyEpoch = epoch;
    for (const item of items) this.#early.set(item.offset, item);
    this.#settle();
  }

  observe(head: LogPosition): void {
    if (!this.cursor) return;
    if (head.epoch > this.cursor.epoch) this.behind = true;
    else if (head.epoch === this.cursor.epoch && head.offset > this.cursor.offset) this.behind = true;
  }

  /** Takes the log's answer to `since`. */
  take(since: LogPosition, page: CatchUpPage): void {
    if (!this.cursor || since.epoch !== this.cursor.epoch) return;
    if (page.recovered) {
      for (const item of page.items) this.#surface(page.epoch, item);
      this.behind = page.more;
      this.#settle();
      return;
    }
    if (since.offset !== this.cursor.offset) {
      this.behind = true;
      return;
    }
    // A new epoch is shown from its beginning: all of it is newer than what was shown.
    const offset = page.epoch === this.cursor.epoch ? page.offset : 0;
    this.cursor = { epoch: page.epoch, offset };
    this.audience.reset(this.room, this.cursor);
    this.behind = offset < page.offset;
    this.#settle();
  }

  #settle(): void {
    const { cursor } = this;
    if (!cursor || this.#earlyEpoch < cursor.epoch) return;
    if (this.#earlyEpoch > cursor.epoch) {
      this.behind = true;
      return;
    }
    for (let next = this.#early.get(cursor.offset + 1); next; next = this.#early.get(cursor.offset + 1)) {
      this.#surface(cursor.epoch, next);
    }
    for (const offset of this.#early.keys()) {
      if (offset <= cursor.offset) this.#early.delete(offset);
      else this.behind = true;
    }
  }

  #surface(epoch: string, item: LogItem): void {
    if (!this.cursor || item.offset !== this.cursor.offset + 1) return;
    this.cursor.offset = item.offset;
    this.audience.surfaced(this.room, epoch, item);
  }
}
