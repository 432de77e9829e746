import type { Cursor } from '../../../protocol/cursor.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Random } from '../../application/ports/random.js';
import { nextEpoch } from '../../domain/epoch.js';
import { RETENTION_MS } from '../../domain/publication.js';
import { PUBLICATION_LIFETIME_MS } from './expiry.js';
import { logOf, metaKey } from './keys.js';
import { isSeal, slotOf, toSealRow } from './publication-row.js';
import type { Row, Table } from './table.js';

/** If the newest row expires sooner, the epoch ends. */
const SEAL_BEFORE_EXPIRY_MS = 3_600_000;

interface Look {
  cursor?: Cursor;
  /** Resolves to the position behind it, or to undefined to read again. */
  write?: () => Promise<Cursor | undefined>;
}

/**
 * The position of a room's newest publication, or the write that must come first. Reading a head creates the epoch, or
 * replaces it in time, so that every head is a cursor to come back with.
 */
export class RoomHead {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Undefined: this or another writer changed the room; read again. */
  async read(room: Room, signal?: AbortSignal): Promise<Cursor | undefined> {
    const { cursor, write } = await this.look(room, signal);
    signal?.throwIfAborted();
    return cursor ?? write?.();
  }

  /** Only reads: the position, or the write that must come first, or neither while another writer changes the room. */
  async look(room: Room, signal?: AbortSignal): Promise<Look> {
    const { rows } = await this.table.query({ pk: logOf(room), descending: true, limit: 2, signal });
    const meta = rows.find(({ sk }) => sk === metaKey(room).sk);
    if (!meta) return { write: () => this.#begin(room) };

    const epoch = meta.epoch as string;
    const newest = rows.find((row) => row !== meta);
    const slot = newest && slotOf(newest);
    if (newest && slot && slot.epoch > epoch) return {};

    const last = newest && slot?.epoch === epoch ? newest : undefined;
    if (last && isSeal(last)) return { write: () => this.#replace(room, epoch) };
    if (this.#isEnding(meta, last)) return { write: () => this.#seal(room, epoch, last) };
    return { cursor: { epoch, offset: last ? slotOf(last).offset : 0 } };
  }

  #isEnding(meta: Row, last: Row | undefined): boolean {
    const now = this.clock.now();
    return last
      ? (last.expiresAt as number) < now + SEAL_BEFORE_EXPIRY_MS
      : (meta.startedAt as number) < now - RETENTION_MS;
  }

  async #begin(room: Room): Promise<Cursor | undefined> {
    const startedAt = this.clock.now();
    const epoch = nextEpoch(startedAt, this.random.id(6));
    const begun = await this.table.put({ ...metaKey(room), epoch, startedAt }, { absent: 'pk' });
    return begun ? { epoch, offset: 0 } : undefined;
  }

  async #seal(room: Room, epoch: string, last: Row | undefined): Promise<undefined> {
    const offset = (last ? slotOf(last).offset : 0) + 1;
    const seal = toSealRow({ room, epoch, offset }, this.clock.now() + PUBLICATION_LIFETIME_MS);
    await this.table.put(seal, { absent: 'pk' });
  }

  async #replace(room: Room, old: string): Promise<Cursor | undefined> {
    const startedAt = this.clock.now();
    const epoch = nextEpoch(startedAt, this.random.id(6), old);
    const change = { set: { epoch, startedAt } };
    const replaced = await this.table.update(metaKey(room), change, { equals: ['epoch', old] });
    return replaced && { epoch, offset: 0 };
  }
}
