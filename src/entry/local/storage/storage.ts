import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LevelDatabase } from 'dynalite/db/index.js';
import type { EventLog } from '../../event-log.js';
import type { Settings } from '../../settings.js';
import { type Access, accessTo, ownAccess } from '../settings/access.js';
import { createTable } from './create-table.js';
import { startDynamoDB } from './dynamodb-server.js';
import { ExpiredRows } from './expired-rows.js';
import { ExpiryPasses } from './expiry-passes.js';

export interface Storage {
  /** For `DYNAMODB_ENDPOINT`. */
  endpoint: string;
  access: Access | undefined;
  stop(): Promise<void>;
}

/**
 * A DynamoDB with both tables: at `DYNAMODB_ENDPOINT`, or an embedded one in `folder`.
 *
 * @throws Error with one line that names the mistake
 */
export const openStorage = async (settings: Settings, folder: string, log: EventLog): Promise<Storage> => {
  const external = settings.DYNAMODB_ENDPOINT;
  const ours = ownAccess();
  const own = external === undefined ? await startDynamoDB(folder, ours) : undefined;
  const endpoint = own?.endpoint ?? external ?? '';
  const access = own ? ours : accessTo(endpoint);
  const client = new DynamoDBClient({
    ...access,
    endpoint,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    maxAttempts: 2,
  });
  try {
    await createTable(client, settings.CONNECTIONS_TABLE);
    await createTable(client, settings.MESSAGES_TABLE);
  } catch (error) {
    client.destroy();
    await own?.stop();
    const { message } = error as Error;
    throw new Error(
      own
        ? `DATA_FOLDER ${folder} cannot hold the tables: ${message}`
        : `DYNAMODB_ENDPOINT ${endpoint} does not answer as a DynamoDB: ${message}`,
      { cause: error },
    );
  }
  // Other servers remove expired rows themselves.
  const passes = own && removeExpired(own.database, client, settings, log);
  const stop = async () => {
    await passes?.stop();
    client.destroy();
    await own?.stop();
  };
  return { endpoint, access, stop };
};

const removeExpired = (
  database: LevelDatabase,
  client: DynamoDBClient,
  { CONNECTIONS_TABLE, MESSAGES_TABLE }: Settings,
  log: EventLog,
): ExpiryPasses => {
  const time = { now: Date.now, running: () => performance.now() };
  const rows = new ExpiredRows(database, client, [CONNECTIONS_TABLE, MESSAGES_TABLE], time);
  return new ExpiryPasses(
    (signal) => rows.pass(signal),
    (error) => log.warn({ error }, 'Expired rows could not be removed'),
  );
};
