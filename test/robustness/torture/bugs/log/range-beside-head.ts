import type { Publication } from '../../../../../src/domain/publications/publication.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** Rows are read at the same time as the head, which may be newer: publications in between look expired. */
export const rangeBesideHead: Bug = {
  ports: ({ log }) => {
    const early = new Map<string, Promise<Publication[]>>();
    return {
      log: overrideMethods(log, {
        async peek(room: string, signal?: AbortSignal) {
          const first = await log.peek(room, signal);
          const { epoch = '', offset = 0 } = first.cursor ?? {};
          const rows = log.range(room, epoch, Math.max(1, offset - 20), offset, signal);
          early.set(room, rows);
          await rows;
          return log.peek(room, signal);
        },
        async range(room: string, epoch: string, from: number, to: number, signal?: AbortSignal) {
          const rows = await early.get(room);
          if (!rows || rows[0]?.epoch !== epoch || rows[0].offset > from)
            return log.range(room, epoch, from, to, signal);
          return rows.filter(({ offset }) => offset >= from && offset <= to);
        },
      }),
    };
  },
};
