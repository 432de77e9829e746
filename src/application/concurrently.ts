/** Does something for each item, at most `limit` at once. When one fails, the others are finished first. */
export const concurrently = async <Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  task: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = each(items);
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = await queue.next(); !next.done; next = await queue.next())
      await task(next.value).catch((error: unknown) => errors.push(error));
  };
  const keep = (error: unknown) => errors.push(error);
  await Promise.all(Array.from({ length: limit }, () => work().catch(keep)));
  if (errors.length > 0) throw errors[0];
};

async function* each<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
