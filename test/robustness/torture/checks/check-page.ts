import type { Ledger } from '../simulation/records/ledger.js';
import type { SimulatedWorld } from '../simulation/simulated-world.js';

export interface CheckedPage {
  room: string;
  epoch: string;
  offset: number;
  items: { offset: number; id: string; from: string; at: number; data: unknown }[];
  more: boolean;
  recovered: boolean;
  reason?: string;
}

interface Cursor {
  epoch: string;
  offset: number;
}

/** A page either continues exactly after the cursor, or names a valid reason why it cannot. */
export const checkPage = (
  { ledger, scheduler }: SimulatedWorld,
  since: Cursor | undefined,
  page: CheckedPage,
): void => {
  const { room, epoch, items } = page;
  const wrong = (why: string) =>
    ledger.violate(
      'recovery',
      `${room} since ${JSON.stringify(since)}: ${why}: ${JSON.stringify(page).slice(0, 400)}`,
    );

  for (const { offset, id, data } of items) {
    const stored = ledger.find(room, epoch, offset);
    if (stored?.id !== id || stored.data !== JSON.stringify(data)) wrong(`${offset} is not what was written`);
  }
  const first = items[0]?.offset ?? 0;
  if (!items.every(({ offset }, index) => offset === first + index)) wrong('a hole');
  if (!since) return;

  if (page.recovered) {
    if (since.epoch !== epoch) wrong('another epoch');
    if (items.length > 0 && first !== since.offset + 1) wrong('it does not go on where it has to');
    const last = since.offset + items.length;
    if (page.more ? last >= page.offset : last !== page.offset) wrong('its end is not where it says');
  } else if (items.length > 0) wrong('part of a recovery');
  else if (!isUnrecoverable(ledger, since, page, scheduler.now)) wrong('there is no such reason');
};

const isUnrecoverable = (
  ledger: Ledger,
  since: Cursor,
  { room, epoch, offset, reason }: CheckedPage,
  now: number,
): boolean => {
  if (reason === 'epoch_changed') {
    const epochs = (ledger.epochs.get(room) ?? []).map((one) => one.epoch);
    return since.epoch !== epoch && epochs.includes(since.epoch) && epochs.includes(epoch);
  }
  if (reason === 'ahead') return ledger.haveVanished(room, epoch, offset + 1, since.offset);
  if (reason !== 'too_old') return false;
  return [...ledger.stored.values()].some(
    (one) =>
      one.room === room &&
      one.epoch === epoch &&
      one.offset > since.offset &&
      one.offset <= offset &&
      one.expiresAt <= now + 2_000,
  );
};
