import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Settings } from '../../settings.js';
import { type Access, ANY_ACCESS } from '../access.js';
import { createTable } from './create-table.js';
import { type DynamoDBServer, startDynamoDB } from './dynamodb-server.js';

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
export const openStorage = async (settings: Settings, folder: string): Promise<Storage> => {
  const external = settings.DYNAMODB_ENDPOINT;
  const own = external === undefined ? await open(folder) : undefined;
  const endpoint = own?.endpoint ?? external ?? '';
  // AWS needs real credentials, which the SDK finds.
  const access = /\.amazonaws\.com/.test(endpoint) ? undefined : ANY_ACCESS;
  const client = new DynamoDBClient({ ...access, endpoint, maxAttempts: 2 });
  try {
    await createTable(client, settings.CONNECTIONS_TABLE);
    await createTable(client, settings.MESSAGES_TABLE);
  } catch (error) {
    await own?.stop();
    const { message } = error as Error;
    throw new Error(
      own
        ? `DATA_FOLDER ${folder} has no room for the tables: ${message}`
        : `DYNAMODB_ENDPOINT ${endpoint} does not answer as a DynamoDB: ${message}`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
  return { endpoint, access, stop: async () => own?.stop() };
};

const open = async (folder: string): Promise<DynamoDBServer> => {
  try {
    return await startDynamoDB(folder);
  } catch (error) {
    throw new Error(
      `DATA_FOLDER ${folder} cannot be opened. Stop the program that uses it, or set DATA_FOLDER.`,
      { cause: error },
    );
  }
};
