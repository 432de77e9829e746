import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** The parameters of an append that hold what it writes. */
const [ROOM, ID, FROM, DATA, REQUEST_ID] = [0, 1, 2, 3, 4];

/** A publication is acked and handed over when its place is known, before the commit. */
export const answerBeforeCommit: Bug = {
  database: (database, { instance }) =>
    overrideMethods(database, {
      async call(procedure, values, signal) {
        if (procedure !== 'switchboard_append') return database.call(procedure, values, signal);
        const [head] = await database.rows(
          'SELECT epoch, newest_offset FROM switchboard_heads WHERE room = ?',
          [values[ROOM] ?? ''],
        );
        if (!head) return database.call(procedure, values, signal);
        database.call(procedure, values, signal).catch(() => {});
        return [
          {
            outcome: 'appended',
            epoch: head.epoch,
            log_offset: Number(head.newest_offset) + 1,
            id: values[ID],
            user_id: values[FROM],
            published_at: instance.now(),
            data: values[DATA],
            request_id: values[REQUEST_ID],
          },
        ];
      },
    }),
};
