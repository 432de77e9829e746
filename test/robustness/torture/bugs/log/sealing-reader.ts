import { slotKey } from '../../../../../src/adapters/dynamodb/keys.js';
import { toSealRow } from '../../../../../src/adapters/dynamodb/log/publication-row.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

const HOUR_MS = 3_600_000;

/** A reader whose clock says that the newest row has expired ends the epoch. */
export const sealingReader: Bug = {
  ports: ({ log, clock }, { messagesTable }) => ({
    log: overrideMethods(log, {
      async head(room) {
        const head = await log.head(room);
        const row = await messagesTable.get(slotKey(room, head.epoch, head.offset));
        if (!row || Number(row.expiresAt) > clock.now() + HOUR_MS) return head;
        const seal = toSealRow({ room, ...head, offset: head.offset + 1 }, clock.now() + 170 * HOUR_MS);
        await messagesTable.put(seal, { absent: 'pk' });
        return log.head(room);
      },
    }),
  }),
};
