/** Does something for each, at most so many at once; when one fails, the others are finished first. */
export const concurrently = async <Item, Result>(
  items: Iterable<Item>,
  lanes: number,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const waiting = [...items];
  const results: Result[] = new Array(waiting.length);
  const errors: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < waiting.length) {
      const index = next;
      next += 1;
      try {
        results[index] = await task(waiting[index] as Item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, waiting.length) }, lane));
  if (errors.length > 0) throw errors[0];
  return results;
};
