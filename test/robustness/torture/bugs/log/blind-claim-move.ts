import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** A claim is moved without checking whether another writer has already moved it. */
export const blindClaimMove: Bug = {
  messagesTable: (table) =>
    overrideMethods(table, {
      update: (key, change, onlyIf) =>
        key.pk.startsWith('CLAIM#') ? table.update(key, change) : table.update(key, change, onlyIf),
    }),
};
