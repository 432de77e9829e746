import type { Cursor } from '../../../protocol/cursor.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Random } from '../../application/ports/random.js';
import { nextEpoch } from '../../domain/epoch.js';
import { RETENTION_MS } from '../../domain/publication.js';
import { expiry, PUBLICATION_LIFETIME_MS } from './expiry.js';
import type { Condition } from './expression.js';
import { logOf, metaKey } from './keys.js';
import { isSeal, slotOf, toSealRow } from './publication-row.js';
import type { Row, Table } from './table.js';

/** What expires sooner is not built upon. */
const MARGIN_MS = 3_600_000;

/** A room with an epoch: its own row, and its newest publication. */
interface Seen {
  meta: Row;
  newest: Row | undefined;
  cursor: Cursor;
}

/**
 * The position of a room's newest publication, or the write that must come first. It is read from the newest row for as
 * long as that exists: no clock makes a reader end an epoch. A room without rows gets an epoch from its first reader, so
 * that every head is a cursor to come back with.
 */
export class RoomHead {
  constructor(
    private readonly table: Table,
    /** Knows better than a process's own clock, where the store has another. */
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Undefined: this or another writer changed the room; read again. */
  async read(room: Room): Promise<Cursor | undefined> {
    return (await this.#look(room))?.cursor;
  }

  /** As `read`, of an epoch whose next slot may be filled: neither its rows nor the room's own are about to vanish. */
  async forAppend(room: Room): Promise<Cursor | undefined> {
    const seen = await this.#look(room);
    if (!seen) return undefined;
    const { meta, newest, cursor } = seen;
    if (newest && this.#isExpiring(newest)) {
      if (!(await this.#mayEnd(meta))) return cursor;
      await this.#seal(room, cursor);
      return undefined;
    }
    if (meta.endsSince !== undefined || isUnpublished(meta))
      return (await this.#keep(meta)) ? cursor : undefined;
    return cursor;
  }

  async #look(room: Room): Promise<Seen | undefined> {
    const { rows } = await this.table.query({ pk: logOf(room), descending: true, limit: 2 });
    const meta = rows.find(({ sk }) => sk === metaKey(room).sk);
    const row = rows.find((one) => one !== meta);
    const slot = row && slotOf(row);
    if (!meta) {
      await this.#begin(room, slot?.epoch);
      return undefined;
    }

    const epoch = meta.epoch as string;
    if (slot && slot.epoch > epoch) return undefined;
    const newest = slot?.epoch === epoch ? row : undefined;
    const cursor = { epoch, offset: newest && slot ? slot.offset : 0 };
    if (newest ? !isSeal(newest) : !this.#isOver(meta)) return { meta, newest, cursor };

    if (newest || isUnpublished(meta)) await this.#replace(meta);
    else await this.#seal(room, cursor);
    return undefined;
  }

  #isExpiring({ expiresAt }: Row): boolean {
    return (expiresAt as number) < this.clock.now() + MARGIN_MS;
  }

  /** Of an epoch without rows. */
  #isOver(meta: Row): boolean {
    if (isUnpublished(meta)) return this.#isExpiring(meta);
    return (meta.startedAt as number) < this.clock.now() - RETENTION_MS;
  }

  /**
   * Whether the newest row is believed to expire. Where no second clock confirms it, an append at least an hour earlier
   * must have found the same: a clock that is wrong for a moment cuts off no history.
   */
  async #mayEnd(meta: Row): Promise<boolean> {
    if (this.table.now() !== undefined) return true;
    const now = this.clock.now();
    const since = meta.endsSince as number | undefined;
    if (since !== undefined && since <= now - MARGIN_MS) return true;
    if (since === undefined || since > now)
      await this.table.update(meta, { set: { endsSince: now } }, isStill(meta));
    return false;
  }

  async #begin(room: Room, previous: string | undefined): Promise<void> {
    await this.table.put({ ...metaKey(room), ...this.#newEpoch(previous) }, { absent: 'pk' });
  }

  async #replace(meta: Row): Promise<void> {
    const { pk, sk, epoch } = meta;
    await this.table.put(
      { pk, sk, ...this.#newEpoch(epoch as string) },
      isUnpublished(meta) ? { all: [isStill(meta), { exists: 'expiresAt' }] } : isStill(meta),
    );
  }

  /** It vanishes by itself unless something is published. */
  #newEpoch(previous: string | undefined) {
    const startedAt = this.clock.now();
    const epoch = nextEpoch(startedAt, this.random.id(6), previous);
    return { epoch, startedAt, ...expiry(startedAt + PUBLICATION_LIFETIME_MS) };
  }

  /** Resolves to false when it may be gone before it is kept, or another writer was faster. */
  async #keep(meta: Row): Promise<boolean> {
    const { pk, sk, epoch, startedAt } = meta;
    return this.table.put(
      { pk, sk, epoch, startedAt },
      isUnpublished(meta)
        ? { all: [isStill(meta), { between: ['expiresAt', this.clock.now() + MARGIN_MS, FOREVER] }] }
        : isStill(meta),
    );
  }

  async #seal(room: Room, { epoch, offset }: Cursor): Promise<void> {
    const seal = toSealRow({ room, epoch, offset: offset + 1 }, this.clock.now() + PUBLICATION_LIFETIME_MS);
    await this.table.put(seal, { absent: 'pk' });
  }
}

const FOREVER = Number.MAX_SAFE_INTEGER;

/** A room's own row expires until the first append. */
const isUnpublished = ({ expiresAt }: Row): boolean => expiresAt !== undefined;

const isStill = ({ epoch }: Row): Condition => ({ equals: ['epoch', epoch as string] });
