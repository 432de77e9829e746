import type { Clock } from '../../../application/ports/clock.js';
import type { EventLog } from '../../event-log.js';
import type { SessionMeter } from '../bill/session-meter.js';

/** What an application has from its program. */
export interface Surroundings {
  log: EventLog;
  clock: Clock;
  meter: SessionMeter;
}
