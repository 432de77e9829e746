import type { Database } from '../../../adapters/mysql/database/database.js';
import { removeExpired } from '../../../adapters/mysql/database/expired-rows.js';

/** One pass over what has expired; resolves to how many rows it deleted. */
export const mysqlUpkeep = (database: Database) => (): Promise<number> => removeExpired(database);
