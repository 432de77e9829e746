import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { LevelDatabase } from 'dynalite/db/index.js';
import { type Access, ANY_ACCESS } from '../settings/access.js';
import { answerFailures } from './answer-failures.js';
import { createDatabaseServer } from './database-server.js';
import { openDatabase } from './open-database.js';
import { admitOwnRequests } from './own-requests.js';

export interface DynamoDBServer {
  /** For `DYNAMODB_ENDPOINT`. */
  endpoint: string;
  /** The database below it. */
  database: LevelDatabase;
  stop(): Promise<void>;
}

/**
 * An embedded DynamoDB in this process: in `folder`, which it locks, or in memory. It answers only requests with the key
 * of `access`, and never a web page.
 *
 * @throws Error with one line if the folder cannot be used
 */
export const startDynamoDB = async (
  folder?: string,
  access: Access = ANY_ACCESS,
): Promise<DynamoDBServer> => {
  const { server, database } = createDatabaseServer(folder);
  await openDatabase(database, folder);
  answerFailures(database);
  admitOwnRequests(server, access.credentials.accessKeyId);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    database,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
