import type { EventOutcome } from '../../event-log.js';
import type { WebSocketResult } from '../handlers/events.js';

/** The result of an event: for API Gateway, and for the log. */
export interface Handled extends EventOutcome {
  result: WebSocketResult;
  /** It gets no line in the log. */
  unlogged?: true;
}
