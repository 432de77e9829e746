import { createHash } from 'node:crypto';
import type { Cursor } from '../../../../protocol/cursor.js';
import type { Room } from '../../../../protocol/names.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { Appended, Draft } from '../../../application/ports/publication-log.js';
import { ClientError } from '../../../domain/client-error.js';
import { FrameTime } from '../../../domain/frame-time.js';
import { IDEMPOTENCY_MS } from '../../../domain/publications/publication.js';
import { claimKey, slotKey } from '../keys.js';
import { expiry, isLive, PUBLICATION_LIFETIME_MS } from '../table/expiry.js';
import type { Condition } from '../table/expression.js';
import type { Row, Table } from '../table/table.js';
import { toPublication, toPublicationRow } from './publication-row.js';
import type { Look, RoomHead } from './room-head.js';

/** What is known when an append's turn comes. */
export interface First {
  look?: Look | undefined;
  last?: Cursor | undefined;
}

/**
 * One append to one room. A conditional put of the slot after the newest one decides which writer gets it. So there is never
 * a hole, as there would be with a counter whose row is written afterwards. With a key, a claim names the slot before the
 * put: a repeated append looks there first, and the claim leaves a slot only after another publication was seen in it.
 */
export class Append {
  constructor(
    private readonly table: Table,
    private readonly heads: RoomHead,
    private readonly clock: Clock,
    private readonly room: Room,
    private readonly draft: Draft,
    private readonly handOver: boolean | undefined,
    /** Identifies this append's publication when it has no key. */
    private readonly id: string,
    /** Awaited before a slot is taken. */
    private readonly admitted: Promise<unknown> = Promise.resolve(),
    private readonly time: FrameTime = new FrameTime(),
  ) {}

  /** Undefined: another writer was faster; try again. */
  async attempt(first: First = {}): Promise<Appended | undefined> {
    this.time.signal.throwIfAborted();
    const head = this.#known(first) ?? (await this.#head(first.look));
    if (!head) return undefined;
    const next = { ...head, offset: head.offset + 1 };
    const claimed = this.draft.key === undefined ? next : await this.#claim(this.draft.key, next);
    await this.admitted;
    if (this.draft.key === undefined) return this.#fill(next);
    if (!claimed || 'publication' in claimed) return claimed;
    const appended = await (claimed.offset < next.offset ? this.#mine(claimed) : this.#fill(claimed));
    if (appended) return appended;
    const moved = await this.#moveClaim(this.draft.key, claimed);
    return moved && this.#fill(moved);
  }

  /** What this process appended last can be newer than what was read before its turn came. */
  #known({ look, last }: First): Cursor | undefined {
    const read = look && this.heads.fillable(look);
    if (!read || !last || last.epoch !== read.epoch || last.offset <= read.offset) return read;
    return { epoch: last.epoch, offset: last.offset };
  }

  /** It can take a write: not for a room that is at its limit. */
  async #head(look?: Look): Promise<Cursor | undefined> {
    await Promise.all([this.admitted, look && this.heads.refuseIfMoved(look)]);
    const found = look ?? (await this.heads.look(this.room, this.time.signal));
    if (!look) await this.heads.refuseIfMoved(found);
    return this.heads.forAppend(this.room, found);
  }

  async #fill(slot: Cursor): Promise<Appended | undefined> {
    const at = this.clock.now();
    const row = toPublicationRow({ room: this.room, ...slot }, this.draft, {
      id: this.id,
      at,
      expiresAt: at + PUBLICATION_LIFETIME_MS,
      handOver: this.handOver,
    });
    this.time.hold();
    if (await this.table.put(row, { absent: 'pk' }))
      return { publication: toPublication(row), repeated: false };
    const mine = await this.#mine(slot);
    if (!mine) this.time.release();
    return mine;
  }

  /** The publication in a slot, if this append wrote it, in any attempt. */
  async #mine({ epoch, offset }: Cursor): Promise<Appended | undefined> {
    const row = await this.table.get(slotKey(this.room, epoch, offset));
    if (!row || !this.#wrote(row)) return undefined;
    return { publication: toPublication(row), repeated: row.id !== this.id };
  }

  #wrote({ id, from, key }: Row): boolean {
    return id === this.id || (key !== undefined && key === this.draft.key && from === this.draft.from);
  }

  /** The slot of the key, or the publication if it is there; undefined to read again. */
  async #claim(key: string, next: Cursor): Promise<Cursor | Appended | undefined> {
    const now = this.clock.now();
    const hash = createHash('sha256').update(this.draft.data.text).digest('base64url');
    const claim = { ...this.#claimKey(key), ...next, hash, ...expiry(now + IDEMPOTENCY_MS) };
    if (await this.table.put(claim, { any: [{ absent: 'pk' }, { below: ['expiresAt', now] }] })) return next;

    const found = await this.table.get(this.#claimKey(key));
    if (!found || !isLive(found, now)) return undefined;
    if (found.hash !== hash) throw new ClientError('idempotency_conflict');
    const slot = { epoch: found.epoch as string, offset: found.offset as number };
    if (slot.epoch > next.epoch) return undefined;
    if (slot.epoch === next.epoch) return slot;
    return (await this.#mine(slot)) ?? ((await this.#repoint(key, slot, next)) ? next : undefined);
  }

  /** Another writer has `taken`: moves the claim to the present end of the log, unless the claim has moved already. */
  async #moveClaim(key: string, taken: Cursor): Promise<Cursor | undefined> {
    const head = await this.#head();
    if (!head) return undefined;
    const next = { ...head, offset: head.offset + 1 };
    return (await this.#repoint(key, taken, next)) ? next : undefined;
  }

  async #repoint(key: string, from: Cursor, to: Cursor): Promise<boolean> {
    const unmoved: Condition = {
      all: [{ equals: ['epoch', from.epoch] }, { equals: ['offset', from.offset] }],
    };
    const change = { set: { ...to, ...expiry(this.clock.now() + IDEMPOTENCY_MS) } };
    return (await this.table.update(this.#claimKey(key), change, unmoved)) !== undefined;
  }

  #claimKey(key: string) {
    return claimKey(this.room, this.draft.from, key);
  }
}
