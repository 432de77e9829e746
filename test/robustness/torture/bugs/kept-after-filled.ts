import type { Condition } from '../../../../src/adapters/dynamodb/table/expression.js';
import type { Row } from '../../../../src/adapters/dynamodb/table/table.js';
import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** A room's row is kept for good only after its first publication: who dies in between leaves one that is cut off. */
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
