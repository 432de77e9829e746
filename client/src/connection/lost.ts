import { SwitchboardError } from '../switchboard-error.js';

/** There is no connection, or none any more. */
export const lost = (message?: string): SwitchboardError =>
  new SwitchboardError('connection_lost', message, { retryable: true });
