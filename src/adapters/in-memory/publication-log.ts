import type { Cursor } from '../../../protocol/cursor.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type {
  Appended,
  DeliveryPath,
  Draft,
  PeekedHead,
  PublicationLog,
  Terms,
} from '../../application/ports/publication-log.js';
import type { Random } from '../../application/ports/random.js';
import { ClientError } from '../../domain/client-error.js';
import { nextEpoch } from '../../domain/epoch.js';
import { IDEMPOTENCY_MS, type Publication, RETENTION_MS } from '../../domain/publication.js';

interface Log {
  epoch: string;
  startedAt: number;
  publications: Publication[];
}

export class InMemoryPublicationLog implements PublicationLog {
  readonly #logs = new Map<Room, Log>();
  readonly #claims = new Map<string, Publication>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    /** Replaces the stream: gets each publication for fan-out after it is in the log. */
    private readonly stream: (publication: Publication) => void = () => {},
  ) {}

  async append(
    room: Room,
    draft: Draft,
    delivery: DeliveryPath,
    { admitted, time }: Terms = {},
  ): Promise<Appended> {
    await admitted;
    time?.hold();
    const claimed = draft.key === undefined ? undefined : this.#claimed(room, draft, draft.key);
    if (claimed && claimed.data.text !== draft.data.text) throw new ClientError('idempotency_conflict');
    if (claimed) return { publication: { ...claimed }, repeated: true };

    const log = this.#log(room);
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
    if (delivery === 'stream') await this.handOver(publication);
    return { publication: { ...publication }, repeated: false };
  }

  async handOver(publication: Publication): Promise<void> {
    this.stream({ ...publication });
  }

  async head(room: Room): Promise<Cursor> {
    const { epoch, publications } = this.#log(room);
    return { epoch, offset: publications.length };
  }

  async peek(room: Room): Promise<PeekedHead> {
    const cursor = this.#isCurrent(this.#logs.get(room)) ? await this.head(room) : undefined;
    return { cursor, head: async () => cursor ?? this.head(room) };
  }

  async range(room: Room, epoch: string, first: number, last: number): Promise<Publication[]> {
    const log = this.#logs.get(room);
    if (log?.epoch !== epoch || first > last) return [];
    const oldest = this.clock.now() - RETENTION_MS;
    return log.publications
      .slice(first - 1, last)
      .filter(({ at }) => at > oldest)
      .map((publication) => ({ ...publication }));
  }

  #claimed(room: Room, draft: Draft, key: string): Publication | undefined {
    const claim = this.#claims.get(claimOf(room, draft, key));
    return claim && claim.at > this.clock.now() - IDEMPOTENCY_MS ? claim : undefined;
  }

  #isCurrent(log: Log | undefined): boolean {
    const newest = log?.publications.at(-1)?.at ?? log?.startedAt;
    return newest !== undefined && newest > this.clock.now() - RETENTION_MS;
  }

  #log(room: Room): Log {
    const now = this.clock.now();
    const known = this.#logs.get(room);
    if (known && this.#isCurrent(known)) return known;

    const log = { epoch: nextEpoch(now, this.random.id(6), known?.epoch), startedAt: now, publications: [] };
    this.#logs.set(room, log);
    return log;
  }
}

const claimOf = (room: Room, { from }: Draft, key: string): string => `${room}#${from}#${key}`;
