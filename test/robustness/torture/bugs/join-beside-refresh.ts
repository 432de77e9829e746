import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** A join writes what its frame was admitted with, though a newer token came meanwhile. */
export const joinBesideRefresh: Bug = {
  ports: ({ rooms }) => ({
    rooms: overrideMethods(rooms, {
      async join(membership, onWritten) {
        const joined = await rooms.join(membership, onWritten);
        return 'session' in joined ? { ...joined, session: {} } : joined;
      },
    }),
  }),
};
