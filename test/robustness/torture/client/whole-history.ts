import type { CatchUpPage } from './place-in-room.js';
import type { LogItem, LogPosition } from './torture-client.js';

/** Reads page by page from the newest; returns oldest first. */
export const wholeHistory = async (
  read: (before: { before?: LogPosition }) => Promise<CatchUpPage>,
): Promise<{ epoch: string; item: LogItem }[]> => {
  const found: { epoch: string; item: LogItem }[] = [];
  for (let before: LogPosition | undefined; ; ) {
    const page = await read({ ...(before && { before }) });
    found.unshift(...page.items.map((item) => ({ epoch: page.epoch, item })));
    const [oldest] = page.items;
    if (!page.more || !oldest) return found;
    before = { epoch: page.epoch, offset: oldest.offset };
  }
};
