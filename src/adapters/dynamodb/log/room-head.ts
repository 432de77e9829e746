import type { Cursor } from '../../../../protocol/cursor.js';
import type { Room } from '../../../../protocol/names.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { Random } from '../../../application/ports/random.js';
import { ClientError } from '../../../domain/client-error.js';
import { nextEpoch } from '../../../domain/publications/epoch.js';
import { LEAST_RETENTION_MS } from '../../../domain/publications/publication.js';
import { logOf, MOVED_KEY, metaKey } from '../keys.js';
import { expiry } from '../table/expiry.js';
import type { Condition } from '../table/expression.js';
import type { Row, Table } from '../table/table.js';
import { isLastSeal, isSeal, slotOf, toSealRow } from './publication-row.js';

/** An append does not build on rows that expire sooner than this. */
const MARGIN_MS = 3_600_000;

/** A room with an epoch: its own row, and its newest publication. */
interface Seen {
  meta: Row;
  newest: Row | undefined;
  cursor: Cursor;
}

/** A place for the next publication to follow, and when the row there expires; 0: there is no row. */
export interface LogEnd extends Cursor {
  expiresAt: number;
}

/**
 * The result of a read: a room with an epoch, or the write that must come first, or neither while another writer changes it.
 */
export interface HeadReading {
  seen?: Seen;
  /**
   * Resolves to the room after the write, or to undefined: then read again. An epoch that is begun for an append is kept.
   */
  write?: (forAppend: boolean) => Promise<Seen | undefined>;
}

/**
 * The position of a room's newest publication, or the write that must come first. It is read from the newest row for as
 * long as that exists: no clock makes a reader end an epoch. A room without rows gets an epoch from its first reader, so
 * that every head is a cursor to come back with.
 */
export class RoomHead {
  constructor(
    private readonly table: Table,
    /** Corrects the process's own clock, if the store has a clock of its own. */
    private readonly clock: Clock,
    private readonly random: Random,
    /** The retention of rows that this process writes. */
    private readonly lifetimeMs: number,
  ) {}

  /** Undefined: this or another writer changed the room; read again. */
  async read(room: Room, signal?: AbortSignal): Promise<Cursor | undefined> {
    const { seen, write } = await this.look(room, signal);
    signal?.throwIfAborted();
    return (seen ?? (await write?.(false)))?.cursor;
  }

  /** The next slot may be filled without another write: neither the newest row nor the room's own row is about to vanish. */
  fillable({ seen }: HeadReading): LogEnd | undefined {
    if (!seen || hasMoved(seen) || seen.meta.endsSince !== undefined || isUnpublished(seen.meta))
      return undefined;
    return seen.newest && this.#isExpiring(seen.newest) ? undefined : endOf(seen);
  }

  /**
   * Called before an epoch is kept for a first publication: once the log has moved, every room with a kept epoch has a last
   * seal. The export looks for rooms after the appends that did not see its mark have ended.
   */
  async refuseIfMoved({ seen }: HeadReading): Promise<void> {
    if (seen && !isUnpublished(seen.meta)) return;
    if (await this.table.get(MOVED_KEY)) throw new ClientError('unavailable');
  }

  /** Like `read`, but makes the next slot fillable. */
  async forAppend(room: Room, { seen, write }: HeadReading): Promise<LogEnd | undefined> {
    if (!seen) {
      const begun = await write?.(true);
      return begun && endOf(begun);
    }
    const { meta, newest } = seen;
    if (hasMoved(seen)) throw new ClientError('unavailable');
    if (newest && this.#isExpiring(newest)) {
      return (await this.#mayEnd(meta)) ? this.#seal(room, endOf(seen)) : endOf(seen);
    }
    if (meta.endsSince === undefined && !isUnpublished(meta)) return endOf(seen);
    return (await this.#keep(meta)) ? endOf(seen) : undefined;
  }

  /** The head of an epoch without publications: begins one if the current epoch has some. Undefined: call it again. */
  async begin(room: Room): Promise<Cursor | undefined> {
    const { seen, write } = await this.look(room);
    if (!seen) return (await write?.(false))?.cursor;
    if (hasMoved(seen)) throw new ClientError('unavailable');
    return seen.newest ? this.#seal(room, endOf(seen)) : seen.cursor;
  }

  /** Writes nothing. */
  async look(room: Room, signal?: AbortSignal): Promise<HeadReading> {
    const { rows } = await this.table.query({ pk: logOf(room), descending: true, limit: 2, signal });
    const meta = rows.find(({ sk }) => sk === metaKey(room).sk);
    const row = rows.find((one) => one !== meta);
    const slot = row && slotOf(row);
    if (!meta) return { write: (forAppend) => this.#begin(room, slot?.epoch, forAppend) };

    const epoch = meta.epoch as string;
    if (slot && slot.epoch > epoch) return {};
    const newest = slot?.epoch === epoch ? row : undefined;
    if (newest && slot && isLastSeal(newest))
      return { seen: { meta, newest, cursor: { epoch, offset: slot.offset - 1 } } };
    const cursor = { epoch, offset: newest && slot ? slot.offset : 0 };
    if (newest ? !isSeal(newest) : !this.#isOver(meta)) return { seen: { meta, newest, cursor } };

    if (newest || isUnpublished(meta)) return { write: (forAppend) => this.#replace(meta, forAppend) };
    return { write: () => this.#seal(room, { ...cursor, expiresAt: 0 }) };
  }

  #isExpiring({ expiresAt }: Row): boolean {
    return (expiresAt as number) < this.clock.now() + MARGIN_MS;
  }

  /** For an epoch without rows: any rows it ever had were kept for at least the shortest retention. */
  #isOver(meta: Row): boolean {
    if (isUnpublished(meta)) return this.#isExpiring(meta);
    return (meta.startedAt as number) < this.clock.now() - LEAST_RETENTION_MS;
  }

  /**
   * Whether the newest row really expires. Without a second clock to confirm it, an append at least an hour earlier
   * must have found the same: so a clock that is wrong for a moment cuts off no history.
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

  #begin(room: Room, previous: string | undefined, forAppend: boolean): Promise<Seen | undefined> {
    return this.#put({ ...metaKey(room), ...this.#newEpoch(previous, forAppend) }, { absent: 'pk' });
  }

  #replace(meta: Row, forAppend: boolean): Promise<Seen | undefined> {
    const { pk, sk, epoch } = meta;
    return this.#put(
      { pk, sk, ...this.#newEpoch(epoch as string, forAppend) },
      isUnpublished(meta) ? { all: [isStill(meta), { exists: 'expiresAt' }] } : isStill(meta),
    );
  }

  async #put(meta: Row, onlyIf: Condition): Promise<Seen | undefined> {
    if (!(await this.table.put(meta, onlyIf))) return undefined;
    return { meta, newest: undefined, cursor: { epoch: meta.epoch as string, offset: 0 } };
  }

  /** It vanishes by itself unless something is published. */
  #newEpoch(previous: string | undefined, forAppend: boolean) {
    const startedAt = this.clock.now();
    const epoch = nextEpoch(startedAt, this.random.id(6), previous);
    return { epoch, startedAt, ...(!forAppend && expiry(startedAt + this.lifetimeMs)) };
  }

  /** Resolves to false if it may vanish before it is kept, or if another writer was faster. */
  async #keep(meta: Row): Promise<boolean> {
    const { pk, sk, epoch, startedAt } = meta;
    return this.table.put(
      { pk, sk, epoch, startedAt },
      isUnpublished(meta)
        ? { all: [isStill(meta), { between: ['expiresAt', this.clock.now() + MARGIN_MS, FOREVER] }] }
        : isStill(meta),
    );
  }

  /** It vanishes no sooner than the row before it. */
  async #seal(room: Room, { epoch, offset, expiresAt }: LogEnd): Promise<undefined> {
    const latest = Math.max(this.clock.now() + this.lifetimeMs, expiresAt);
    await this.table.put(toSealRow({ room, epoch, offset: offset + 1 }, latest), { absent: 'pk' });
  }
}

const endOf = ({ cursor, newest }: Seen): LogEnd => ({
  ...cursor,
  expiresAt: (newest?.expiresAt as number | undefined) ?? 0,
});

const FOREVER = Number.MAX_SAFE_INTEGER;

const hasMoved = ({ newest }: Seen): boolean => newest !== undefined && isLastSeal(newest);

/** A room's own row expires until the first append. */
const isUnpublished = ({ expiresAt }: Row): boolean => expiresAt !== undefined;

const isStill = ({ epoch }: Row): Condition => ({ equals: ['epoch', epoch as string] });
