import { retryableError } from '../retryable-error.js';
import type { SwitchboardError } from '../switchboard-error.js';

/** There is no connection, or it has ended. */
export const connectionLost = (message?: string): SwitchboardError =>
  retryableError('connection_lost', message);
