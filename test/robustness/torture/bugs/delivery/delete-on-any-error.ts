import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** Any failed push counts as proof that the connection is gone. */
export const deleteOnAnyError: Bug = {
  ports: ({ clients }) => ({
    clients: overrideMethods(clients, {
      async send(connectionId, frame, deadline) {
        const outcome = await clients.send(connectionId, frame, deadline);
        return outcome === 'failed' ? 'gone' : outcome;
      },
    }),
  }),
};
