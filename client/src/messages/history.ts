import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import type { HistoryOptions, Message } from '../feed.js';
import type { WaitOptions } from '../requests/abortable.js';
import type { Answer } from '../requests/requester.js';

interface Query {
  readonly limit: number | undefined;
  readonly before: Cursor | undefined;
}

export const toMessage = <T>(room: string, epoch: string, item: Item): Message<T> => ({
  room,
  epoch,
  ...(item as Item & { readonly data: T }),
});

/** Walks a log backwards, a page at a time. */
export async function* pagesBack<T>(
  ask: (query: Query, options: WaitOptions | null | undefined) => Promise<Answer<'history'>>,
  options: HistoryOptions | null | undefined,
): AsyncGenerator<Message<T>[], void, undefined> {
  const limit = options?.limit ?? undefined;
  let end = options?.before ?? undefined;
  for (;;) {
    const { reply: page } = await ask({ limit, before: end }, options);
    const oldest = page.items[0];
    if (!oldest) return;
    yield page.items.map((item) => toMessage<T>(page.room, page.epoch, item));
    if (!page.more) return;
    end = { epoch: page.epoch, offset: oldest.offset };
  }
}
