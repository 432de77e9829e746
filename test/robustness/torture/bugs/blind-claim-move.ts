import { around } from './around.js';
import type { Bug } from './bug.js';

/** A claim is moved without a check that another writer has not moved it already. */
export const blindClaimMove: Bug = {
  messagesTable: (table) =>
    around(table, {
      update: (key, change, onlyIf) =>
        key.pk.startsWith('CLAIM#') ? table.update(key, change) : table.update(key, change, onlyIf),
    }),
};
