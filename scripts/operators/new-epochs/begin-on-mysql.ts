import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { STORE_NOW } from '../../../src/adapters/mysql/database/store-time.js';
import type { Begun } from './begin-new-epochs.js';

/**
 * Ends the epoch of every room on a MySQL server, as `beginNewEpochs` does in a table. One statement: an append comes before
 * it or after it.
 */
export const beginOnMySql = async (database: Database): Promise<Begun> => {
  const rooms = await database.change(
    `UPDATE switchboard_heads SET
      epoch = CONCAT(LPAD(GREATEST(${STORE_NOW}, CAST(LEFT(epoch, 13) AS SIGNED) + 1), 13, '0'), '-', LEFT(MD5(RAND()), 6)),
      started_at = ${STORE_NOW}, newest_offset = 0, newest_at = NULL, ends_since = NULL`,
    [],
  );
  const keys = await database.change(
    `DELETE claims FROM switchboard_claims AS claims JOIN switchboard_heads AS heads
      ON heads.room = claims.room AND claims.epoch < heads.epoch`,
    [],
  );
  return { rooms, keys };
};
