import { IDEMPOTENCY_MS } from '../../../../../src/domain/publications/publication.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** The parameters of an append that hold its claim and its data. */
const [ROOM, CLAIM, HASH] = [0, 5, 6];

/** The key is looked up before the room is locked: two simultaneous appends both find it unused. */
export const claimOutsideTheLock: Bug = {
  database: (database, { instance }) =>
    overrideMethods(database, {
      async call(procedure, values, signal) {
        const [room = '', claim = null, hash = null] = [values[ROOM], values[CLAIM], values[HASH]];
        if (procedure !== 'switchboard_append' || claim === null)
          return database.call(procedure, values, signal);
        const known = await database.rows('SELECT id FROM switchboard_claims WHERE id = ?', [claim]);
        if (known.length > 0) return database.call(procedure, values, signal);
        const unclaimed = values.with(CLAIM, null).with(HASH, null);
        const rows = await database.call(procedure, unclaimed, signal);
        const [{ epoch, log_offset: offset } = {}] = rows;
        await database.change(
          `REPLACE INTO switchboard_claims (id, hash, room, epoch, log_offset, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)`,
          [claim, hash, room, epoch as string, offset as number, instance.now() + IDEMPOTENCY_MS],
        );
        return rows;
      },
    }),
};
