import { slotKey } from '../../../../../src/adapters/dynamodb/keys.js';
import { toPublication, toPublicationRow } from '../../../../../src/adapters/dynamodb/log/publication-row.js';
import { PUBLICATION_LIFETIME_MS } from '../../../../../src/adapters/dynamodb/table/expiry.js';
import type { Draft } from '../../../../../src/application/ports/publication-log.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** Publications are ordered by their time: a client that reads in between misses the late ones. */
export const timestampOrder: Bug = {
  ports: ({ log, clock, random }, { messagesTable }) => ({
    log: overrideMethods(log, {
      async append(room: string, draft: Draft, { handOver } = {}) {
        const { epoch } = await log.head(room);
        const at = clock.now();
        for (let offset = at; ; offset += 1) {
          const item = toPublicationRow({ room, epoch, offset }, draft, {
            id: random.id(20),
            at,
            expiresAt: at + PUBLICATION_LIFETIME_MS,
            handOver,
          });
          const { pk, sk } = slotKey(room, epoch, offset);
          if (await messagesTable.put({ ...item, pk, sk }, { absent: 'pk' }))
            return { publication: toPublication(item), repeated: false };
        }
      },
    }),
  }),
};
