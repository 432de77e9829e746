import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

const LAG_MS = 300;

/** Members are read from a replica, which may not have the newest member yet. */
export const eventualMembers: Bug = {
  connectionsTable: (table, { world, random }) =>
    overrideMethods(table, {
      async query(query) {
        const page = await table.query(query);
        if (!query.pk.startsWith('ROOM#') || random.chance(0.5)) return page;
        const seen = world.scheduler.now - LAG_MS;
        return { ...page, rows: page.rows.filter(({ joinedAt }) => Number(joinedAt) < seen) };
      },
    }),
};
