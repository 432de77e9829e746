import { EVERYONE, type Room } from '../../../../protocol/names.js';
import type { ReadingMembers } from '../../../application/ports/room-repository.js';
import type { Section } from '../../../domain/section.js';
import { pages, type Query, type Row, type Table } from '../table/table.js';
import type { FormerPartition } from './former-partition.js';
import { mergePartitions } from './merge-partitions.js';
import { FORMER_PARTITION, PARTITION_COUNT, partition } from './partitions.js';
import { partsInTurn } from './parts-in-turn.js';

/** The default for `*`: a page of 1 MB from each of its partitions would be too much. */
const PAGE_SIZE = 1_000;

/** Reads rows of members from all partitions of their room. */
export class MemberRows {
  constructor(
    private readonly table: Table,
    private readonly former: FormerPartition,
  ) {}

  /** The partitions of a room; undefined stands for its only one. */
  parts(room: Room): (number | undefined)[] {
    if (room !== EVERYONE) return [undefined];
    const parts = Array.from({ length: PARTITION_COUNT }, (_, part) => part);
    return this.former.mayHaveMembers ? [...parts, FORMER_PARTITION] : parts;
  }

  /** Pages of rows, the expired ones included. */
  pages(
    room: Room,
    attributes: readonly string[],
    { pageSize, backwards = false, inAnyOrder = false, section = {}, from, signal }: ReadingMembers = {},
  ): AsyncIterable<readonly Row[]> {
    const between = boundsOf(section, from);
    const query = (part: number | undefined): Query => ({
      pk: partition(room, part),
      attributes,
      descending: backwards,
      signal,
      ...(between && { between }),
    });
    const parts = section.part === undefined ? this.parts(room) : [section.part];
    if (parts.length === 1)
      return pages(this.table, { ...query(parts[0]), ...(pageSize !== undefined && { limit: pageSize }) });
    const size = pageSize ?? PAGE_SIZE;
    if (inAnyOrder) return partsInTurn(this.table, (backwards ? parts.toReversed() : parts).map(query), size);
    const limit = Math.ceil(size / parts.length);
    return mergePartitions(
      parts.map((part) => pages(this.table, { ...query(part), limit })),
      size,
      backwards,
    );
  }

  /** Whether one of several partitions tells that the room has more than `most` members. */
  async aPartTells(room: Room, most: number): Promise<boolean> {
    const [part, ...others] = this.parts(room);
    if (others.length === 0) return false;
    const many = beyondChance(most);
    return (await this.table.count(partition(room, part), many)) === many;
  }

  /** Counts each partition up to its share; if it has reached that, it counts further. */
  async count(room: Room, atMost: number): Promise<number> {
    const parts = this.parts(room);
    // The former part is about to be empty, so the others alone reach `atMost` in a large room.
    const share = Math.ceil(atMost / Math.min(parts.length, PARTITION_COUNT));
    const counts = await Promise.all(
      parts.map((part) => this.table.count(partition(room, part), Math.min(share, atMost))),
    );
    let sum = counts.reduce((total, count) => total + count, 0);
    for (const [index, count] of counts.entries()) {
      if (sum >= atMost) return atMost;
      if (parts.length === 1 || count < share) continue;
      sum += (await this.table.count(partition(room, parts[index]), count + atMost - sum)) - count;
    }
    return Math.min(sum, atMost);
  }
}

/** So many of `most` members are never in one partition: six standard deviations above the mean, or all of them and one more. */
const beyondChance = (most: number): number => {
  const mean = most / PARTITION_COUNT;
  return Math.min(most + 1, Math.ceil(mean + 6 * Math.sqrt(mean)));
};

/** Sort before and after every id. */
const FIRST = '\u0000';
const LAST = '\u{10ffff}';

const boundsOf = ({ after, upTo }: Section, from = FIRST): Query['between'] => {
  if (after === undefined && upTo === undefined && from === FIRST) return undefined;
  const first = after === undefined ? FIRST : `${after}\u0000`;
  return [first < from ? from : first, upTo ?? LAST];
};
