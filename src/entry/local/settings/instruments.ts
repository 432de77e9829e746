import type { Clock } from '../../../application/ports/clock.js';
import type { EventLog } from '../../event-log.js';
import type { SessionMeter } from '../bill/session-meter.js';

/** The parts that a program gives to an application. */
export interface Instruments {
  log: EventLog;
  clock: Clock;
  meter: SessionMeter;
  /** Members of one piece; absent: as deployed. */
  pieceMembers?: number | undefined;
}
