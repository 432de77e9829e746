import { around } from './around.js';
import type { Bug } from './bug.js';

/** Pushes are begun and not awaited: they freeze with the instance. */
export const unawaitedPush: Bug = {
  ports: ({ clients }) => ({
    clients: around(clients, {
      async send(connectionId, frame, deadline) {
        void clients.send(connectionId, frame, deadline);
        return 'delivered';
      },
    }),
  }),
};
