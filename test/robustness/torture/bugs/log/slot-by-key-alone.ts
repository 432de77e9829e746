import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** A slot with the same key counts as the user's own, even if another user wrote it: both users get the same place. */
export const slotByKeyAlone: Bug = {
  messagesTable: (table) => {
    /** By room and key: the user who last claimed it here. */
    const claimants = new Map<string, string>();
    return overrideMethods(table, {
      put(row, onlyIf) {
        const [kind, room, userId = '', key] = row.pk.split('#');
        if (kind === 'CLAIM') claimants.set(`${room}#${key}`, userId);
        return table.put(row, onlyIf);
      },
      async get(key) {
        const row = await table.get(key);
        const [kind, room] = key.pk.split('#');
        const from = row && kind === 'LOG' ? claimants.get(`${room}#${row.key}`) : undefined;
        return row && from !== undefined ? { ...row, from } : row;
      },
    });
  },
};
