import type { Client } from '../../client/src/client.js';

/**
 * Waits until the client is live. Rejects with the reason when one attempt too many begins: by then the client knows
 * whether the address answers.
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
