import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** The first push of a frame that fails ends all that are still to come. */
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
