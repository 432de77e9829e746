import type { Value } from '../../../../../src/adapters/mysql/database/database.js';
import { around } from '../around.js';
import type { Bug } from '../bug.js';

const [ROOM, CONNECTION] = [0, 1];

/** A join is two statements: when the connection ends in between, its end deletes all but the membership that comes then. */
export const memberBesideItsList: Bug = {
  database: (database) =>
    around(database, {
      async call(procedure, values, signal) {
        if (procedure !== 'switchboard_join') return database.call(procedure, values, signal);
        const [room, id] = [values[ROOM], values[CONNECTION]] as [Value, Value];
        const [row] = await database.rows(
          'SELECT rooms, token_expires_at, permissions FROM switchboard_connections WHERE connection_id = ?',
          [id],
        );
        if (!row) return database.call(procedure, values, signal);
        const listed = String(row.rooms).includes(`#${room}#`);
        if (!listed)
          await database.change(
            "UPDATE switchboard_connections SET rooms = CONCAT(rooms, ?, '#') WHERE connection_id = ?",
            [room, id],
          );
        await database.change(
          `REPLACE INTO switchboard_memberships
            (room, connection_id, user_id, connected_at, joined_at, expires_at, token_expires_at, without_presence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          values.slice(0, 8),
        );
        return [{ ...row, outcome: listed ? 'rejoined' : 'joined' }];
      },
    }),
};
