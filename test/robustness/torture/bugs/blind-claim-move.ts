import { around } from './around.js';
import type { Bug } from './bug.js';

/** A claim is moved without looking whether somebody else has moved it already. */
export const blindClaimMove: Bug = {
  messagesTable: (table) =>
    around(table, {
      update: (key, change, onlyIf) =>
        key.pk.startsWith('CLAIM#') ? table.update(key, change) : table.update(key, change, onlyIf),
    }),
};
