import { SwitchboardError } from '../switchboard-error.js';

/** There is no connection, or it has ended. */
export const lost = (message?: string): SwitchboardError =>
  new SwitchboardError('connection_lost', message, { retryable: true });
