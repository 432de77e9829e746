import type { Row } from '../table/table.js';

interface Source {
  pages: AsyncIterator<readonly Row[]>;
  page: readonly Row[];
  taken: number;
}

/**
 * Merges partitions in the order of `sk` into pages of `pageSize`. It reads the first pages at once and later pages when
 * they are needed, so it holds one page of each partition.
 */
export async function* merged(
  partitions: readonly AsyncIterable<readonly Row[]>[],
  pageSize: number,
  descending: boolean,
): AsyncIterable<Row[]> {
  const sources = partitions.map(
    (pages): Source => ({ pages: pages[Symbol.asyncIterator](), page: [], taken: 0 }),
  );
  const filled = await Promise.all(sources.map(fill));
  let left = sources.filter((_, index) => filled[index]);
  let merged: Row[] = [];
  while (left.length > 0) {
    const next = left.reduce((first, source) => (precedes(source, first, descending) ? source : first));
    merged.push(headOf(next));
    next.taken += 1;
    if (!(await fill(next))) left = left.filter((source) => source !== next);
    if (merged.length < pageSize) continue;
    yield merged;
    merged = [];
  }
  if (merged.length > 0) yield merged;
}

/** Whether there is another row: pages can be empty. */
const fill = async (source: Source): Promise<boolean> => {
  while (source.taken >= source.page.length) {
    const { done, value } = await source.pages.next();
    if (done) return false;
    source.page = value;
    source.taken = 0;
  }
  return true;
};

const headOf = ({ page, taken }: Source): Row => page[taken] as Row;

const precedes = (a: Source, b: Source, descending: boolean): boolean =>
  descending ? headOf(a).sk > headOf(b).sk : headOf(a).sk < headOf(b).sk;
