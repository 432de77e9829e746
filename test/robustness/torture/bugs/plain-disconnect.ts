import { around } from './around.js';
import type { Bug } from './bug.js';

/** `$disconnect` deletes the connection's row, and does not ask what was in it. */
export const plainDisconnect: Bug = {
  ports: ({ connections }) => ({
    connections: around(connections, {
      async remove(connectionId) {
        await connections.remove(connectionId);
        return undefined;
      },
    }),
  }),
};
