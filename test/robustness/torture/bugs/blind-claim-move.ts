import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** A claim is moved without a check that another writer has not moved it already. */
export const blindClaimMove: Bug = {
  messagesTable: (table) =>
    overrideMethods(table, {
      update: (key, change, onlyIf) =>
        key.pk.startsWith('CLAIM#') ? table.update(key, change) : table.update(key, change, onlyIf),
    }),
};
