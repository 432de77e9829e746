import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** The first page of members counts as all there are. */
export const noPagination: Bug = {
  connectionsTable: (table) =>
    overrideMethods(table, {
      async query(query) {
        const { rows } = await table.query(query);
        return { rows };
      },
    }),
};
