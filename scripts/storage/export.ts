import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SystemClock } from '../../src/adapters/system/system-clock.js';
import { SystemRandom } from '../../src/adapters/system/system-random.js';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { DynamoDBSource } from './move/dynamodb-source.js';
import { exportLines, type Source } from './move/export-lines.js';
import type { Line } from './move/move-file.js';
import { MySqlSource } from './move/mysql-source.js';
import { type OpenedStore, openStore } from './move/open-store.js';

answerHelp(
  'Usage: npm run export -- --from dynamodb --stage dev --file rooms.jsonl, or --from mysql --file rooms.jsonl',
  `Stops publishing for good, and writes rooms, epochs, publications and keys to a file: docs/stores.md#moving.
--table NAME instead of --stage reads that table, and --folder .switchboard that of the local program.
With mysql, MYSQL_URL names the database.`,
);

const sourceOf = (opened: OpenedStore) =>
  'database' in opened
    ? new MySqlSource(opened.database)
    : new DynamoDBSource(
        opened.table,
        opened.documents,
        opened.tableName,
        new SystemClock(),
        new SystemRandom(),
      );

const cannotBeWritten =
  (file: string) =>
  ({ message }: Error): never => {
    throw new Error(`${file} cannot be written: ${message}`);
  };

const write = async (source: Source, file: string, writable: FileHandle): Promise<void> => {
  let last: Line | undefined;
  const text = async function* () {
    for await (const line of exportLines(source)) {
      last = line;
      yield `${JSON.stringify(line)}\n`;
    }
  };
  console.log('Publishing is being stopped, for good.');
  await pipeline(Readable.from(text()), writable.createWriteStream()).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.syscall === 'write') cannotBeWritten(file)(error);
      throw error;
    },
  );
  if (last && 'end' in last) console.log(`${file}: ${last.rooms} rooms, ${last.publications} publications`);
};

try {
  const { from, file, ...place } = readOptions('from', 'file', 'stage', 'table', 'folder');
  if (file === undefined) throw new Error('Name the file to write with --file');
  const opened = await openStore({ store: from, ...place }, 'source');
  try {
    // Before publishing stops, since that cannot be undone.
    const writable = await open(file, 'w', 0o600).catch(cannotBeWritten(file));
    await write(sourceOf(opened), file, writable);
  } finally {
    await opened.close();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
