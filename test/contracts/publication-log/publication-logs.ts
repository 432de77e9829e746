import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import type {
  Appended,
  AppendOptions,
  Draft,
  PublicationLog,
} from '../../../src/application/ports/publication-log.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { type Publication, RETENTION_MS } from '../../../src/domain/publications/publication.js';
import type { VirtualClock } from '../../support/time/virtual-clock.js';

export interface Logs {
  /** Another adapter over the same store each time, as another process has, with a clock of its own or `clock`. */
  open(clock?: Clock): PublicationLog;
  /** The right time, and the store's. */
  clock: VirtualClock;
  /** Whether the store's time is another clock than that of its processes. */
  confirmed: boolean;
}

/** Whatever was published is too old to be read, and the room's newest publication has expired. */
export const LONG_AFTER_MS = RETENTION_MS + 24 * 3_600_000;

/** The next append ends the epoch. */
export const expireNewest = async (
  { clock, confirmed }: Logs,
  log: PublicationLog,
  longAfterMs = LONG_AFTER_MS,
): Promise<void> => {
  clock.advance(longAfterMs);
  if (confirmed) return;
  await append(log, 'found its end');
  clock.advance(longAfterMs);
};

/** A store whose next processes may keep publications for another time. */
export interface RetainingLogs extends Logs {
  open(clock?: Clock, retentionMs?: number): PublicationLog;
  /** The store deletes every row of the lobby's log that has expired. */
  vanish(): Promise<void>;
}

/** A store where something can happen between two steps of an append. */
export interface FaultyLogs extends Logs {
  faulty(fault: ProcessFault): FaultyProcess;
}

/**
 * A fault of a process when it first writes a claim or a publication, replaces an epoch, or makes a room's row permanent.
 * A dead process gets no answer, and does nothing more; a sleeping one writes when it is woken; `answer lost`: the write is
 * applied, and reported as failed.
 */
export interface ProcessFault {
  at: 'claim' | 'publication' | 'epoch' | 'room';
  what: 'dies before' | 'dies after' | 'sleeps before' | 'answer lost';
}

export interface FaultyProcess {
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
  options: AppendOptions = {},
): Promise<Appended> => log.append(room, draft(data, key), options);

/** Everything that a room's newest epoch has. */
export const contents = async (log: PublicationLog, room: Room = 'lobby'): Promise<Publication[]> => {
  const { epoch, offset } = await log.head(room);
  return log.range(room, epoch, 1, Math.max(offset, 1));
};

export const dataOf = ({ data }: Publication): unknown => JSON.parse(data.text);

export const offsetsTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);
