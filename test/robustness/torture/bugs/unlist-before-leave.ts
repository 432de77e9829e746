import { connectionKey } from '../../../../src/adapters/dynamodb/keys.js';
import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** A leave takes the room off the connection's list first: who dies then leaves a member that no `$disconnect` finds. */
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
