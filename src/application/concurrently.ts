/** Does something for each item, at most `limit` at once. When one fails, the others are finished first. */
export const concurrently = async <Item>(
  items: Iterable<Item>,
  limit: number,
  task: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = [...items].values();
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const item of queue) await task(item).catch((error: unknown) => errors.push(error));
  };
  await Promise.all(Array.from({ length: limit }, work));
  if (errors.length > 0) throw errors[0];
};
