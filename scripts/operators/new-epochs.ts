import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import { SystemRandom } from '../../src/adapters/system/system-random.js';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { readOptions } from '../read-options.js';
import { openStore } from '../storage/move/open-store.js';
import { stackResource } from '../support/stack-resource.js';
import { type Begun, beginNewEpochs } from './new-epochs/begin-new-epochs.js';
import { beginOnMySql } from './new-epochs/begin-on-mysql.js';

const USAGE = 'Usage: npm run new-epochs -- --table NAME, or --stage dev, or --store mysql';
answerHelp(
  USAGE,
  `Begins a new epoch in every room of a messages table that was restored to an earlier moment, or of the server that MYSQL_URL
names. --stage takes the table that the stage uses now. The region and the credentials are those of the AWS SDK;
AWS_ENDPOINT_URL reaches an emulator.`,
);

const random = new SystemRandom();
const source = { now: Date.now, id: (length: number) => random.id(length) };

const inTable = async (table: string): Promise<Begun> => {
  const documents = createDocumentClient();
  const begun = await beginNewEpochs(documents, table, source, ({ rooms, keys }) => {
    if ((rooms + keys) % 1_000 === 0) console.log(`${rooms} rooms, ${keys} keys`);
  });
  documents.destroy();
  return begun;
};

const onMySql = async (): Promise<Begun> => {
  const opened = await openStore({ store: 'mysql' }, 'source');
  const begun = 'database' in opened ? await beginOnMySql(opened.database) : { rooms: 0, keys: 0 };
  await opened.close();
  return begun;
};

try {
  const { stage, table, store } = readOptions('stage', 'table', 'store');
  const places = [stage, table, store].filter((place) => place !== undefined);
  if (places.length !== 1 || (store !== undefined && store !== 'mysql')) throw new Error(USAGE);
  const name = table ?? (stage === undefined ? 'MySQL' : await stackResource(stage, 'MessagesTable'));
  const { rooms, keys } = store === 'mysql' ? await onMySql() : await inTable(name);
  console.log(`${name}: ${rooms} new epochs, ${keys} forgotten idempotency keys`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
