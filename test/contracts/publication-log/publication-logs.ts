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
  /** Each call opens another adapter on the same store, like another process, with the given clock or `clock`. */
  open(clock?: Clock): PublicationLog;
  /** The true time, which the store's clock shows. */
  clock: VirtualClock;
  /** Whether the store has a clock of its own. */
  confirmed: boolean;
}

/** After this time, all publications are too old to be read, and a room's newest one has expired. */
export const LONG_AFTER_MS = RETENTION_MS + 24 * 3_600_000;

/** Lets time pass until the next append ends the epoch. */
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

/** A store whose later processes may have another retention. */
export interface RetainingLogs extends Logs {
  open(clock?: Clock, retentionMs?: number): PublicationLog;
  /** Deletes every expired row of the lobby's log, as the store does. */
  vanish(): Promise<void>;
}

/** A store on which a process can fail between two steps of an append. */
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

/** All publications of a room's newest epoch. */
export const contents = async (log: PublicationLog, room: Room = 'lobby'): Promise<Publication[]> => {
  const { epoch, offset } = await log.head(room);
  return log.range(room, epoch, 1, Math.max(offset, 1));
};

export const dataOf = ({ data }: Publication): unknown => JSON.parse(data.text);

export const offsetsTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);
