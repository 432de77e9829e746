import type { Draft } from '../../../../../src/application/ports/publication-log.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** The ack is sent before the write has succeeded. */
export const ackBeforePut: Bug = {
  ports: ({ log, clock, random }) => ({
    log: overrideMethods(log, {
      async append(room: string, draft: Draft, options) {
        const { epoch, offset } = await log.head(room);
        log.append(room, draft, options).catch(() => {});
        const { from, data, requestId } = draft;
        const place = { room, epoch, offset: offset + 1 };
        return {
          publication: { ...place, id: random.id(20), from, at: clock.now(), data, requestId },
          repeated: false,
        };
      },
    }),
  }),
};
