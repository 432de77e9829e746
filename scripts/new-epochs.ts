// npm run new-epochs -- --table NAME, or --stage dev
// Begins a new epoch in every room of a messages table that was restored to an earlier moment. --stage takes the table that
// the stage uses now. The region and the credentials are those of the AWS SDK; AWS_ENDPOINT_URL reaches an emulator.
import { createDocumentClient } from '../src/adapters/dynamodb/table/document-client.js';
import { SystemRandom } from '../src/adapters/system/system-random.js';
import { beginNewEpochs } from './new-epochs/begin-new-epochs.js';
import { readOptions } from './read-options.js';
import { stackResource } from './support/stack-resource.js';

const read = async (): Promise<string> => {
  const { stage, table } = readOptions('stage', 'table');
  if ((stage === undefined) === (table === undefined))
    throw new Error('Usage: npm run new-epochs -- --table NAME, or --stage dev');
  return table ?? stackResource(stage as string, 'MessagesTable');
};

try {
  const table = await read();
  const random = new SystemRandom();
  const source = { now: Date.now, id: (length: number) => random.id(length) };
  const documents = createDocumentClient();
  const { rooms, keys } = await beginNewEpochs(documents, table, source, (begun) => {
    if ((begun.rooms + begun.keys) % 1_000 === 0) console.log(`${begun.rooms} rooms, ${begun.keys} keys`);
  });
  documents.destroy();
  console.log(`${table}: ${rooms} new epochs, ${keys} forgotten idempotency keys`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
