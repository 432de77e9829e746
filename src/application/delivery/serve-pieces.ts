import type { Room } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import type { MarkedPlace, Piece } from '../../domain/publications/piece.js';
import type { Publication } from '../../domain/publications/publication.js';
import type { Section } from '../../domain/section.js';
import type { Clock } from '../ports/clock.js';
import type { PieceQueue } from '../ports/piece-queue.js';
import type { PublicationLog } from '../ports/publication-log.js';
import type { FanOut } from './fan-out.js';
import { messageFrames } from './message-frames.js';
import type { PushResult } from './pusher.js';

/** After this time, a push helps no client: clients have found the gap. */
export const PIECE_AGE_MS = 10 * 60_000;

export interface WaitingPiece {
  piece: Piece;
  /** How long it has waited, by the queue's clock: a process's clock may be wrong. */
  ageMs: number;
}

/** The outcome for the pieces of one room and section; without `complete: true` or `gaveUp`, they have to come again. */
export type SectionReport<Waiting extends WaitingPiece> = {
  room: Room;
  section: Section;
  pieces: readonly Waiting[];
  publications: readonly Publication[];
  durationMs: number;
} & (PushResult | { gaveUp: true } | { error: unknown });

/** Serves pieces. It reads log and members now, so a client that has left gets nothing. */
export class ServePieces {
  constructor(
    private readonly fanOut: FanOut,
    private readonly log: Pick<PublicationLog, 'range'>,
    private readonly queue: PieceQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Section after section, until `deadline` (epoch milliseconds): each connection gets what all pieces of its section name as
   * few frames. What several sections are to get is read once. A piece that is too old is given up.
   */
  async execute<Waiting extends WaitingPiece>(
    waiting: readonly Waiting[],
    deadline: number,
  ): Promise<SectionReport<Waiting>[]> {
    const reports: SectionReport<Waiting>[] = [];
    const read = new Map<string, readonly Publication[]>();
    for (const pieces of bySection(waiting)) {
      const old = pieces.filter(({ ageMs }) => ageMs > PIECE_AGE_MS);
      const young = pieces.filter(({ ageMs }) => ageMs <= PIECE_AGE_MS);
      for (const [some, work] of [
        [old, () => this.#giveUp(old)],
        [young, () => this.#serve(young, deadline, read)],
      ] as const)
        if (some.length > 0) reports.push(await this.#report(some, work));
    }
    return reports;
  }

  async #report<Waiting extends WaitingPiece>(
    pieces: readonly Waiting[],
    work: () => Promise<Outcome>,
  ): Promise<SectionReport<Waiting>> {
    const startedAt = this.clock.now();
    const outcome = await work().catch((error: unknown) => ({ error, publications: [] }));
    const { room, section } = (pieces[0] as Waiting).piece;
    return { room, section, pieces, durationMs: this.clock.now() - startedAt, ...outcome };
  }

  async #giveUp(pieces: readonly WaitingPiece[]): Promise<Outcome> {
    await this.queue.giveUp(pieces.map(({ piece }) => piece));
    return { gaveUp: true, publications: [] };
  }

  async #serve(
    pieces: readonly WaitingPiece[],
    deadline: number,
    read: Map<string, readonly Publication[]>,
  ): Promise<Outcome> {
    if (this.clock.now() >= deadline) throw new ClientError('timeout');
    const { room, section } = (pieces[0] as WaitingPiece).piece;
    const ranges = toRanges(pieces.flatMap(({ piece }) => piece.places));
    const name = JSON.stringify([room, ranges]);
    const reading = Promise.resolve(read.get(name) ?? this.#read(room, ranges));
    // None are left once all of them have expired.
    const frames = reading.then((publications) => messageFrames(room, publications));
    const result = await this.fanOut.deliver(room, frames, deadline, { section });
    const publications = await reading;
    read.set(name, publications);
    return { ...result, publications };
  }

  async #read(room: Room, ranges: readonly OffsetRange[]): Promise<Publication[]> {
    const publications: Publication[] = [];
    for (const { epoch, first, last } of ranges)
      publications.push(...(await this.log.range(room, epoch, first, last)));
    return publications;
  }
}

type Outcome = { publications: readonly Publication[] } & (PushResult | { gaveUp: true });

const bySection = <Waiting extends WaitingPiece>(waiting: readonly Waiting[]): Waiting[][] => {
  const sections = new Map<string, Waiting[]>();
  for (const one of waiting) {
    const { room, section } = one.piece;
    const { part, after, upTo } = section;
    const name = JSON.stringify([room, part, after, upTo]);
    const others = sections.get(name);
    if (others) others.push(one);
    else sections.set(name, [one]);
  }
  return [...sections.values()];
};

interface OffsetRange {
  epoch: string;
  first: number;
  last: number;
}

/** Neighbouring offsets are read together; offsets between distant ones are not read. */
const toRanges = (places: readonly MarkedPlace[]): OffsetRange[] => {
  const sorted = places.toSorted((a, b) =>
    a.epoch === b.epoch ? a.offset - b.offset : a.epoch < b.epoch ? -1 : 1,
  );
  const ranges: OffsetRange[] = [];
  for (const { epoch, offset } of sorted) {
    const range = ranges.at(-1);
    if (range?.epoch === epoch && offset <= range.last + 1) range.last = offset;
    else ranges.push({ epoch, first: offset, last: offset });
  }
  return ranges;
};
