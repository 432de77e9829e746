import type { ClientError } from '../../domain/client-error.js';
import type { WebSocketResult } from './events.js';

/** What became of an event: for API Gateway, and for the log. */
export interface Handled {
  result: WebSocketResult;
  /** `ok`, or the code of the error. */
  outcome: string;
  error?: ClientError;
  details?: object | undefined;
}
