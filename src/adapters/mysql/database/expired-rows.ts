import type { Database } from './database.js';

/** Of each table, so that no statement takes long. */
const MOST_AT_ONCE = 200;

/** Deletes some of the expired rows, which reads leave out in any case. Resolves to the number of deleted rows. */
export const removeExpired = async (database: Database): Promise<number> => {
  const [row] = await database.call('switchboard_expire', [MOST_AT_ONCE]);
  return row?.deleted as number;
};
