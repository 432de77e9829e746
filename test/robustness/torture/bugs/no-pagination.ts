import { around } from './around.js';
import type { Bug } from './bug.js';

/** The first page of members counts as all there are. */
export const noPagination: Bug = {
  connectionsTable: (table) =>
    around(table, {
      async query(query) {
        const { rows } = await table.query(query);
        return { rows };
      },
    }),
};
