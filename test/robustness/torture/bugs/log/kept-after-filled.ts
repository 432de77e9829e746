import type { Condition } from '../../../../../src/adapters/dynamodb/table/expression.js';
import type { Row } from '../../../../../src/adapters/dynamodb/table/table.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/**
 * A room's row is made permanent only after its first publication: after a crash in between, the row expires and the
 * history is cut off.
 */
export const keptAfterFilled: Bug = {
  messagesTable: (table) => {
    const late = new Map<string, [Row, Condition | undefined]>();
    return overrideMethods(table, {
      async put(row, onlyIf) {
        if (row.sk === 'META' && row.expiresAt === undefined) {
          late.set(row.pk, [row, onlyIf]);
          return true;
        }
        const done = await table.put(row, onlyIf);
        const kept = late.get(row.pk);
        late.delete(row.pk);
        if (kept) await table.put(...kept);
        return done;
      },
    });
  },
};
