import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** A join writes the permissions with which its frame was admitted, although a newer token has arrived meanwhile. */
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
