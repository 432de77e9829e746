import { toPublication, toPublicationRow } from '../../../../../src/adapters/dynamodb/log/publication-row.js';
import { PUBLICATION_LIFETIME_MS } from '../../../../../src/adapters/dynamodb/table/expiry.js';
import type { Draft } from '../../../../../src/application/ports/publication-log.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** An offset is taken from a counter, and its row is written afterwards: a crash in between leaves a hole. */
export const counterThenPut: Bug = {
  ports: ({ log, clock, random }, { messagesTable }) => ({
    log: overrideMethods(log, {
      async append(room: string, draft: Draft, { handOver } = {}) {
        const { epoch } = await log.head(room);
        const counter = { pk: `COUNTER#${room}#${epoch}`, sk: 'COUNTER' };
        const counted = await messagesTable.update(counter, { increment: { offset: 1 } });
        const at = clock.now();
        const item = toPublicationRow({ room, epoch, offset: Number(counted?.offset) }, draft, {
          id: random.id(20),
          at,
          expiresAt: at + PUBLICATION_LIFETIME_MS,
          handOver,
        });
        await messagesTable.put(item);
        return { publication: toPublication(item), repeated: false };
      },
    }),
  }),
};
