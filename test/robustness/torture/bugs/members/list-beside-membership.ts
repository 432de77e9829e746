import { connectionKey, membershipKey } from '../../../../../src/adapters/dynamodb/keys.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

const SLOW_MS = 300;

/** A join lists the room while it still writes the membership: a cleanup in between finds no membership to delete. */
export const listBesideMembership: Bug = {
  ports: ({ rooms }, { connectionsTable, instance, random }) => ({
    rooms: overrideMethods(rooms, {
      async join(membership, entered) {
        const { room, connectionId } = membership;
        const listing = connectionsTable.update(
          connectionKey(connectionId),
          { add: { rooms: room } },
          { exists: 'pk' },
        );
        const { connectedAt, userId, joinedAt, expiresAt } = membership;
        const ttl = Math.ceil(expiresAt / 1000);
        const set = { userId, connectedAt, expiresAt, ttl, withoutPresence: false };
        const writing = instance
          .sleep(random.between(0, SLOW_MS))
          .then(() =>
            connectionsTable.update(membershipKey(room, connectionId), { set, setOnce: { joinedAt } }),
          );
        const [listed, row] = await Promise.all([listing, writing]);
        entered?.();
        if (!listed) return { outcome: 'session_unknown' as const };
        return {
          outcome: row?.joinedAt === joinedAt ? ('joined' as const) : ('rejoined' as const),
          session: {},
        };
      },
    }),
  }),
};
