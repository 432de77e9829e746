import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** `$disconnect` deletes the connection's row without reading its rooms. */
export const plainDisconnect: Bug = {
  ports: ({ connections }) => ({
    connections: overrideMethods(connections, {
      async remove(connectionId) {
        await connections.remove(connectionId);
        return undefined;
      },
    }),
  }),
};
