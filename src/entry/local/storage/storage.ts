import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Settings } from '../../settings.js';
import { type Access, accessTo, ownAccess } from '../access.js';
import { createTable } from './create-table.js';
import { startDynamoDB } from './dynamodb-server.js';

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
    await own?.stop();
    const { message } = error as Error;
    throw new Error(
      own
        ? `DATA_FOLDER ${folder} cannot hold the tables: ${message}`
        : `DYNAMODB_ENDPOINT ${endpoint} does not answer as a DynamoDB: ${message}`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
  return { endpoint, access, stop: async () => own?.stop() };
};
