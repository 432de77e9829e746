import type { Room } from '../../protocol/names.js';
import type {
  Appended,
  DeliveryPath,
  Draft,
  PublicationLog,
} from '../../src/application/ports/publication-log.js';
import { JsonText } from '../../src/domain/json-text.js';
import type { Publication } from '../../src/domain/publication.js';
import type { VirtualClock } from '../support/virtual-clock.js';

export interface Logs {
  /** Another adapter over the same store each time, as another process has. */
  open(): PublicationLog;
  clock: VirtualClock;
}

/** A store where something can happen between two steps of an append. */
export interface FaultyLogs extends Logs {
  doomed(fate: Fate): Doomed;
}

/**
 * What happens at the first claim or publication that a process writes, or when it first replaces an epoch. Who dies never gets an answer, and
 * does nothing any more; who sleeps does the write when it is woken; `answer lost`: the write is applied, and reported as
 * failed.
 */
export interface Fate {
  at: 'claim' | 'publication' | 'epoch';
  what: 'dies before' | 'dies after' | 'sleeps before' | 'answer lost';
}

export interface Doomed {
  log: PublicationLog;
  struck: Promise<void>;
  wake(): void;
}

export const draft = (data: unknown, key?: string, from = 'alice'): Draft => ({
  from,
  data: JsonText.of(data),
  key,
  requestId: 'request',
});

export const append = async (
  log: PublicationLog,
  data: unknown,
  key?: string,
  room: Room = 'lobby',
  delivery: DeliveryPath = 'inline',
): Promise<Appended> => log.append(room, draft(data, key), delivery);

/** Everything that a room's newest epoch has. */
export const contents = async (log: PublicationLog, room: Room = 'lobby'): Promise<Publication[]> => {
  const { epoch, offset } = await log.head(room);
  return log.range(room, epoch, 1, Math.max(offset, 1));
};

export const dataOf = ({ data }: Publication): unknown => JSON.parse(data.text);

export const offsetsTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);
