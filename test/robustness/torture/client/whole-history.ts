import type { Page } from './place-in-room.js';
import type { Cursor, Item } from './torture-client.js';

/** Page by page from the newest; oldest first. */
export const wholeHistory = async (
  read: (before: { before?: Cursor }) => Promise<Page>,
): Promise<{ epoch: string; item: Item }[]> => {
  const found: { epoch: string; item: Item }[] = [];
  for (let before: Cursor | undefined; ; ) {
    const page = await read({ ...(before && { before }) });
    found.unshift(...page.items.map((item) => ({ epoch: page.epoch, item })));
    const [oldest] = page.items;
    if (!page.more || !oldest) return found;
    before = { epoch: page.epoch, offset: oldest.offset };
  }
};
