import { connectionKey } from '../../../../../src/adapters/dynamodb/keys.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/**
 * A leave first removes the room from the connection's list: a crash then leaves a member that no `$disconnect` finds.
 */
export const unlistBeforeLeave: Bug = {
  ports: ({ rooms }, { connectionsTable }) => ({
    rooms: overrideMethods(rooms, {
      async leave(room, connectionId) {
        const unlist = { discard: { rooms: room } };
        await connectionsTable.update(connectionKey(connectionId), unlist, { exists: 'pk' });
        return rooms.removeMember(room, connectionId);
      },
    }),
  }),
};
