import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** Pushes are not awaited, so they freeze with the instance. */
export const unawaitedPush: Bug = {
  ports: ({ clients }) => ({
    clients: overrideMethods(clients, {
      async send(connectionId, frame, deadline) {
        void clients.send(connectionId, frame, deadline);
        return 'delivered';
      },
    }),
  }),
};
