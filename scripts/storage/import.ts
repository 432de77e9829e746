import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { DynamoDBTarget } from './move/dynamodb-target.js';
import { importLines } from './move/import-lines.js';
import { checkFile } from './move/move-file.js';
import { MySqlTarget } from './move/mysql-target.js';
import { type OpenedStore, openStore } from './move/open-store.js';

answerHelp(
  'Usage: npm run import -- --to mysql --file rooms.jsonl, or --to dynamodb --table NAME --file rooms.jsonl',
  `Writes what \`npm run export\` wrote into an empty store: docs/stores.md#moving.
--stage dev instead of --table writes into the table of that stage, and --folder .switchboard into that of the local program.
With mysql, MYSQL_URL names the database.`,
);

const targetOf = (opened: OpenedStore) =>
  'database' in opened
    ? new MySqlTarget(opened.database)
    : new DynamoDBTarget(opened.table, opened.documents, opened.tableName);

try {
  const { to, file, ...place } = readOptions('to', 'file', 'stage', 'table', 'folder');
  if (file === undefined) throw new Error('Name the file to read with --file');
  // Before a store is opened, which makes what is missing there.
  await checkFile(file);
  const opened = await openStore({ store: to, ...place }, 'target');
  try {
    const { rooms, publications } = await importLines(file, targetOf(opened), (imported) => {
      if (imported.publications % 10_000 === 0) console.log(`${imported.publications} publications`);
    });
    console.log(`${file}: ${rooms} rooms, ${publications} publications`);
  } finally {
    await opened.close();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
