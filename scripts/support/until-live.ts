import type { Client } from '../../client/src/client.js';

/**
 * Rejects with the reason when the attempt after the last allowed one begins: by then the client also knows whether
 * anything answers at the address.
 */
export const untilLive = (client: Client, attempts = 1): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = () => {
      const { state, reason, attempt } = client.status;
      if (state === 'live') resolve();
      else if (reason && (attempt > attempts || state === 'closed'))
        reject(new Error(`${reason.code}: ${reason.message}`));
    };
    client.on('state', look);
    look();
  });
