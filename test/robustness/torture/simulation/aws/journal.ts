import { isSeal, slotOf } from '../../../../../src/adapters/dynamodb/log/publication-row.js';
import type { Key, Row } from '../../../../../src/adapters/dynamodb/table/table.js';
import { type Ledger, placeOf } from '../records/ledger.js';
import type { Scheduler } from '../time/scheduler.js';
import type { Rows } from './rows.js';

/** Records in the ledger every write to the messages table. */
export const keepJournal = (messages: Rows, ledger: Ledger, scheduler: Scheduler): void =>
  messages.onWrite((key, before, after) => {
    if (!key.pk.startsWith('LOG#')) return;
    if (!after) journalDeletion(ledger, key, scheduler.now);
    else if (key.sk === 'META') ledger.began(key.pk.slice('LOG#'.length), String(after.epoch), scheduler.now);
    else journalSlot(ledger, before, after, scheduler.now);
  });

const journalDeletion = (ledger: Ledger, key: Key, now: number): void => {
  if (key.sk === 'META') return;
  const { room, epoch, offset } = slotOf(key);
  ledger.vanished.set(placeOf(room, epoch, offset), now);
};

const journalSlot = (ledger: Ledger, before: Row | undefined, after: Row, now: number): void => {
  const { room, epoch, offset } = slotOf(after);
  const place = placeOf(room, epoch, offset);
  const known = ledger.stored.get(place);
  if (before && (before.id !== after.id || before.data !== after.data)) {
    ledger.violate('durability', `${place} was overwritten`);
  } else if (known && !before && known.expiresAt > now) {
    ledger.violate('durability', `${place} was written again after it had vanished`);
  }
  if (known) {
    known.streamed ||= after.fanOut !== undefined;
    return;
  }
  ledger.stored.set(place, {
    room,
    epoch,
    offset,
    seal: isSeal(after),
    id: String(after.id),
    from: String(after.from),
    key: after.key as string | undefined,
    data: String(after.data),
    at: Number(after.at),
    expiresAt: Number(after.expiresAt),
    storedAt: now,
    streamed: after.fanOut !== undefined,
  });
};
