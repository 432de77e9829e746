import type { Database } from '../../../adapters/mysql/database/database.js';
import { removeExpired } from '../../../adapters/mysql/database/expired-rows.js';

/** One pass over the expired rows; resolves to the number of deleted rows. */
export const mysqlUpkeep = (database: Database) => (): Promise<number> => removeExpired(database);
