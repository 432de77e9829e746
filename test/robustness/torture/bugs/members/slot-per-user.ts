import { pages } from '../../../../../src/adapters/dynamodb/table/table.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** A user has only one membership in a room: their second device replaces the first. */
export const slotPerUser: Bug = {
  ports: ({ rooms }, { connectionsTable }) => ({
    rooms: overrideMethods(rooms, {
      async join(membership) {
        const { room, userId, connectionId } = membership;
        for await (const items of pages(connectionsTable, { pk: `ROOM#${room}` })) {
          const others = items.filter((item) => item.userId === userId && item.sk !== connectionId);
          for (const { pk, sk } of others) await connectionsTable.delete({ pk, sk });
        }
        return rooms.join(membership);
      },
    }),
  }),
};
