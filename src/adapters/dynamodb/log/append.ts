import { createHash } from 'node:crypto';
import type { Cursor } from '../../../../protocol/cursor.js';
import type { Room } from '../../../../protocol/names.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { Appended, Draft } from '../../../application/ports/publication-log.js';
import { ClientError } from '../../../domain/client-error.js';
import { FrameTime } from '../../../domain/frame-time.js';
import { IDEMPOTENCY_MS } from '../../../domain/publications/publication.js';
import { claimKey, slotKey } from '../keys.js';
import { expiry, isLive } from '../table/expiry.js';
import type { Condition } from '../table/expression.js';
import type { Row, Table } from '../table/table.js';
import { toPublication, toPublicationRow } from './publication-row.js';
import type { HeadReading, LogEnd, RoomHead } from './room-head.js';

/** A finished append, and when its row expires. */
export interface PlacedAppend extends Appended {
  expiresAt: number;
}

/** The facts that the process knows when an append's turn comes. */
export interface AppendStart {
  look?: HeadReading | undefined;
  last?: PlacedAppend | undefined;
}

/**
 * One append to one room. A conditional put of the slot after the newest one decides which writer gets it. So there is never
 * a hole; a counter with a row written afterwards could leave one. With a key, a claim names the slot before the
 * put: a repeated append looks there first, and the claim leaves a slot only after another publication was seen in it.
 */
export class Append {
  constructor(
    private readonly table: Table,
    private readonly heads: RoomHead,
    private readonly clock: Clock,
    private readonly lifetimeMs: number,
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
  async attempt(first: AppendStart = {}): Promise<PlacedAppend | undefined> {
    this.time.signal.throwIfAborted();
    const end = this.#known(first) ?? (await this.#end(first.look));
    if (!end) return undefined;
    const next = after(end);
    const claimed = this.draft.key === undefined ? next : await this.#claim(this.draft.key, next);
    await this.admitted;
    if (this.draft.key === undefined) return this.#fill(next, end);
    // The rows before a later slot have not been read.
    if (!claimed || 'publication' in claimed || claimed.offset > next.offset) return placed(claimed);
    const appended = await (claimed.offset < next.offset ? this.#mine(claimed) : this.#fill(claimed, end));
    return appended ?? this.#moveAndFill(this.draft.key, claimed);
  }

  /** The last append of this process can be newer than the room as it was read before this turn. */
  #known({ look, last }: AppendStart): LogEnd | undefined {
    const read = look && this.heads.fillable(look);
    if (!read || !last) return read;
    const { epoch, offset } = last.publication;
    if (epoch !== read.epoch || offset <= read.offset) return read;
    return { epoch, offset, expiresAt: last.expiresAt };
  }

  /** It can take a write, so it is not read for a room that is at its limit. */
  async #end(look?: HeadReading): Promise<LogEnd | undefined> {
    await Promise.all([this.admitted, look && this.heads.refuseIfMoved(look)]);
    const found = look ?? (await this.heads.look(this.room, this.time.signal));
    if (!look) await this.heads.refuseIfMoved(found);
    return this.heads.forAppend(this.room, found);
  }

  /**
   * The row expires no sooner than the one before it, which a longer retention may have written: if the newest row vanished
   * first, its place would be given again.
   */
  async #fill(slot: Cursor, { expiresAt }: LogEnd): Promise<PlacedAppend | undefined> {
    const at = this.clock.now();
    const row = toPublicationRow({ room: this.room, ...slot }, this.draft, {
      id: this.id,
      at,
      expiresAt: Math.max(at + this.lifetimeMs, expiresAt),
      handOver: this.handOver,
    });
    this.time.hold();
    if (await this.table.put(row, { absent: 'pk' })) return toPlaced(row, false);
    const mine = await this.#mine(slot);
    if (!mine) this.time.release();
    return mine;
  }

  /** The publication in a slot, if this append wrote it, in any attempt. */
  async #mine({ epoch, offset }: Cursor): Promise<PlacedAppend | undefined> {
    const row = await this.table.get(slotKey(this.room, epoch, offset));
    return row && this.#wrote(row) ? toPlaced(row, row.id !== this.id) : undefined;
  }

  #wrote({ id, from, key }: Row): boolean {
    return id === this.id || (key !== undefined && key === this.draft.key && from === this.draft.from);
  }

  /** The slot of the key, or the publication if it is there; undefined to read again. */
  async #claim(key: string, next: Cursor): Promise<Cursor | PlacedAppend | undefined> {
    const now = this.clock.now();
    const hash = createHash('sha256').update(this.draft.data.text).digest('base64url');
    const claim = { ...this.#claimKey(key), ...next, hash, ...expiry(now + IDEMPOTENCY_MS) };
    if (await this.table.put(claim, { any: [{ absent: 'pk' }, { below: ['expiresAt', now] }] })) return next;

    const found = await this.table.get(this.#claimKey(key));
    if (!found || !isLive(found, now)) return undefined;
    const slot = { epoch: found.epoch as string, offset: found.offset as number };
    const earlier = slot.epoch < next.epoch;
    const mine = earlier ? await this.#mine(slot) : undefined;
    // It is not in the slot of an earlier epoch: it was erased, or never written. The key is free.
    if (earlier && !mine) return (await this.#repoint(key, slot, next, { hash })) ? next : undefined;
    if (found.hash !== hash) throw new ClientError('idempotency_conflict');
    if (slot.epoch > next.epoch) return undefined;
    return mine ?? slot;
  }

  /** Another writer has `taken`: moves the claim to the current end of the log, unless the claim has already moved. */
  async #moveAndFill(key: string, taken: Cursor): Promise<PlacedAppend | undefined> {
    const end = await this.#end();
    if (!end || !(await this.#repoint(key, taken, after(end)))) return undefined;
    return this.#fill(after(end), end);
  }

  async #repoint(key: string, from: Cursor, to: Cursor, rest: { hash?: string } = {}): Promise<boolean> {
    const unmoved: Condition = {
      all: [{ equals: ['epoch', from.epoch] }, { equals: ['offset', from.offset] }],
    };
    const change = { set: { ...to, ...rest, ...expiry(this.clock.now() + IDEMPOTENCY_MS) } };
    return (await this.table.update(this.#claimKey(key), change, unmoved)) !== undefined;
  }

  #claimKey(key: string) {
    return claimKey(this.room, this.draft.from, key);
  }
}

const after = ({ epoch, offset }: Cursor): Cursor => ({ epoch, offset: offset + 1 });

const toPlaced = (row: Row, repeated: boolean): PlacedAppend => ({
  publication: toPublication(row),
  repeated,
  expiresAt: row.expiresAt as number,
});

const placed = (claimed: Cursor | PlacedAppend | undefined): PlacedAppend | undefined =>
  claimed && 'publication' in claimed ? claimed : undefined;
