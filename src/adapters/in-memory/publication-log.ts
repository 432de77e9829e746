import type { Cursor } from '../../../protocol/cursor.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type {
  Appended,
  AppendOptions,
  Draft,
  PeekedHead,
  PublicationLog,
} from '../../application/ports/publication-log.js';
import type { Random } from '../../application/ports/random.js';
import { ClientError } from '../../domain/client-error.js';
import { nextEpoch } from '../../domain/publications/epoch.js';
import { IDEMPOTENCY_MS, type Publication, RETENTION_MS } from '../../domain/publications/publication.js';

interface Log {
  epoch: string;
  startedAt: number;
  publications: Publication[];
  /** When an append first found the newest publication too old. */
  endsSince: number | undefined;
}

const CONFIRMED_AFTER_MS = 3_600_000;

export class InMemoryPublicationLog implements PublicationLog {
  readonly #logs = new Map<Room, Log>();
  readonly #claims = new Map<string, Publication>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly retentionMs = RETENTION_MS,
  ) {}

  async append(room: Room, draft: Draft, { admitted, time }: AppendOptions = {}): Promise<Appended> {
    await admitted;
    time?.hold();
    const claimed = draft.key === undefined ? undefined : this.#claimed(room, draft, draft.key);
    if (claimed && claimed.data.text !== draft.data.text) throw new ClientError('idempotency_conflict');
    if (claimed) return { publication: { ...claimed }, repeated: true };

    const log = this.#forAppend(room);
    const publication: Publication = {
      room,
      epoch: log.epoch,
      offset: log.publications.length + 1,
      id: this.random.id(20),
      from: draft.from,
      at: this.clock.now(),
      data: draft.data,
      requestId: draft.requestId,
    };
    log.publications.push(publication);
    if (draft.key !== undefined) this.#claims.set(claimOf(room, draft, draft.key), publication);
    return { publication: { ...publication }, repeated: false };
  }

  async head(room: Room): Promise<Cursor> {
    const { epoch, publications } = this.#log(room);
    return { epoch, offset: publications.length };
  }

  async peek(room: Room): Promise<PeekedHead> {
    const cursor = this.#current(room) && (await this.head(room));
    return { cursor, head: async () => cursor ?? this.head(room) };
  }

  async range(room: Room, epoch: string, first: number, last: number): Promise<Publication[]> {
    const log = this.#logs.get(room);
    if (log?.epoch !== epoch || first > last) return [];
    const oldest = this.clock.now() - this.retentionMs;
    return log.publications
      .slice(first - 1, last)
      .filter(({ at }) => at > oldest)
      .map((publication) => ({ ...publication }));
  }

  async erase(room: Room): Promise<number> {
    const erased = this.#logs.get(room)?.publications.length ?? 0;
    for (const [claim, publication] of this.#claims)
      if (publication.room === room) this.#claims.delete(claim);
    if (erased > 0) this.#begin(room);
    return erased;
  }

  #claimed(room: Room, draft: Draft, key: string): Publication | undefined {
    const claim = this.#claims.get(claimOf(room, draft, key));
    return claim && claim.at > this.clock.now() - IDEMPOTENCY_MS ? claim : undefined;
  }

  /** While a room has publications, only `#forAppend` ends their epoch. */
  #current(room: Room): Log | undefined {
    const known = this.#logs.get(room);
    return known && (known.publications.length > 0 || !this.#hasPassed(known.startedAt)) ? known : undefined;
  }

  #log(room: Room): Log {
    return this.#current(room) ?? this.#begin(room);
  }

  /**
   * No second clock confirms this one: if the newest publication seems too old, an append an hour earlier must
   * have found the same.
   */
  #forAppend(room: Room): Log {
    const log = this.#log(room);
    const newest = log.publications.at(-1);
    const now = this.clock.now();
    if (!newest || !this.#hasPassed(newest.at)) log.endsSince = undefined;
    else if (log.endsSince === undefined || log.endsSince > now) log.endsSince = now;
    else if (log.endsSince <= now - CONFIRMED_AFTER_MS) return this.#begin(room);
    return log;
  }

  #begin(room: Room): Log {
    const startedAt = this.clock.now();
    const epoch = nextEpoch(startedAt, this.random.id(6), this.#logs.get(room)?.epoch);
    const log = { epoch, startedAt, publications: [], endsSince: undefined };
    this.#logs.set(room, log);
    return log;
  }

  #hasPassed(at: number): boolean {
    return at <= this.clock.now() - this.retentionMs;
  }
}

const claimOf = (room: Room, { from }: Draft, key: string): string => `${room}#${from}#${key}`;
