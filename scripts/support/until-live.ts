import type { Client } from '../../client/src/client.js';

/**
 * Rejects with the reason when the second attempt begins: by then the client also knows whether anything answers at the
 * address.
 */
export const untilLive = (client: Client): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = () => {
      const { state, reason, attempt } = client.status;
      if (state === 'live') resolve();
      else if (reason && (attempt > 1 || state === 'closed'))
        reject(new Error(`${reason.code}: ${reason.message}`));
    };
    client.on('state', look);
    look();
  });
