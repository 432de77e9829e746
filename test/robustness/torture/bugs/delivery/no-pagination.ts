import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** Only the first page of members is read. */
export const noPagination: Bug = {
  connectionsTable: (table) =>
    overrideMethods(table, {
      async query(query) {
        const { rows } = await table.query(query);
        return { rows };
      },
    }),
};
