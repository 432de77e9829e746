import type { Page } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';

export interface Entry extends Item {
  readonly key: string | undefined;
}

/** A room's numbered publications, as the protocol describes them. */
export class FakeLog {
  epoch = 'e1';
  entries: Entry[] = [];
  /** Expired rows. */
  expired = 0;

  constructor(readonly room: string) {}

  get head(): Cursor {
    return { epoch: this.epoch, offset: this.entries.length };
  }

  append(from: string, data: unknown, key?: string): { entry: Entry; repeated: boolean } {
    const earlier = key && this.entries.find((entry) => entry.key === key && entry.from === from);
    if (earlier) return { entry: earlier, repeated: true };
    const offset = this.entries.length + 1;
    const entry = { offset, id: `${this.epoch}-${offset}`, from, at: 0, data, key };
    this.entries.push(entry);
    return { entry, repeated: false };
  }

  renew(epoch: string): void {
    this.epoch = epoch;
    this.entries = [];
    this.expired = 0;
  }

  after(since: Cursor | undefined, limit: number): Page {
    const place = { room: this.room, ...this.head };
    if (!since) return { ...place, items: [], more: false, recovered: true };
    const reason =
      since.epoch !== this.epoch
        ? 'epoch_changed'
        : since.offset > this.entries.length
          ? 'ahead'
          : since.offset < this.expired
            ? 'too_old'
            : undefined;
    if (reason) return { ...place, items: [], more: false, recovered: false, reason };
    const missed = this.entries.slice(since.offset);
    return { ...place, items: missed.slice(0, limit), more: missed.length > limit, recovered: true };
  }

  before(end: Cursor | undefined, limit: number): Page {
    const place = { room: this.room, ...this.head };
    if (end && end.epoch !== this.epoch)
      return { ...place, items: [], more: false, recovered: false, reason: 'epoch_changed' };
    const older = this.entries.slice(this.expired, end ? end.offset - 1 : undefined);
    return { ...place, items: older.slice(-limit), more: older.length > limit, recovered: true };
  }
}
