import { pages, type Query, type Row, type Table } from '../table/table.js';

/**
 * Reads partitions one after the other, but first the first rows of all at once: so a small room takes one round trip, and
 * a large one as few queries as it has pages.
 */
export async function* partsInTurn(
  table: Table,
  partitions: readonly Query[],
  pageSize: number,
): AsyncIterable<readonly Row[]> {
  const limit = Math.max(1, Math.floor(pageSize / partitions.length));
  const firsts = await Promise.all(partitions.map((partition) => table.query({ ...partition, limit })));
  yield firsts.flatMap(({ rows }) => rows);
  for (const [index, { next: after }] of firsts.entries())
    if (after) yield* pages(table, { ...(partitions[index] as Query), limit: pageSize, after });
}
