import type { LevelDatabase } from 'dynalite/db/index.js';

/** The key of dynalite's descriptions of its tables. */
const TABLES = { gte: 'table~', lt: 'table~~' };

/** @throws Error with one line that names the problem with the folder, and what to do */
export const openDatabase = async (database: LevelDatabase, folder = ''): Promise<void> => {
  try {
    await database.open();
    if (await isForeign(database)) throw new Error('it holds the database of another program');
    await finishTables(database);
  } catch (error) {
    await database.close._original().catch(() => undefined);
    throw new Error(`DATA_FOLDER ${folder} ${explained(error as Error)}`, { cause: error });
  }
};

const explained = (error: Error & { code?: string }): string => {
  const { code, message } = (error.cause ?? error) as Error & { code?: string };
  if (code === 'LEVEL_LOCKED') return 'cannot be opened. Stop the program that uses it, or set DATA_FOLDER.';
  if (code === 'LEVEL_CORRUPTION' || code === 'LEVEL_DECODE_ERROR')
    return `is damaged: ${oneLine(message)}. Delete it to begin anew, or set DATA_FOLDER.`;
  return `cannot be opened: ${oneLine(message)}. Set DATA_FOLDER, or run with --memory.`;
};

const oneLine = (message: string): string => message.replaceAll(/\s+/g, ' ').trim();

const isForeign = async (database: LevelDatabase): Promise<boolean> =>
  (await isAnyIn(database, {})) && !(await isAnyIn(database, TABLES));

const isAnyIn = async (database: LevelDatabase, range: object): Promise<boolean> => {
  for await (const _ of database.keys({ ...range, limit: 1 })) return true;
  return false;
};

/** dynalite writes a table twice; if it is killed in between, it never uses that table. */
const finishTables = async (database: LevelDatabase): Promise<void> => {
  for await (const [key, table] of database.iterator(TABLES)) {
    const { TableStatus } = table as { TableStatus?: string };
    if (TableStatus === 'CREATING') await database.put(key, { ...(table as object), TableStatus: 'ACTIVE' });
  }
};
