import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** The first failed push of a frame cancels all later ones. */
export const failFastFanOut: Bug = {
  ports: ({ clients }) => {
    let failed = '';
    return {
      clients: overrideMethods(clients, {
        async send(connectionId, frame, deadline) {
          if (frame === failed) return 'failed';
          const outcome = await clients.send(connectionId, frame, deadline);
          if (outcome === 'failed') failed = frame;
          return outcome;
        },
      }),
    };
  },
};
