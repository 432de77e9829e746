import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';

export interface DynamoDBServer {
  /** For `DYNAMODB_ENDPOINT`. */
  endpoint: string;
  stop(): Promise<void>;
}

/**
 * An embedded DynamoDB in this process: in `folder`, which it locks, or in memory.
 *
 * @throws when another process has locked the folder, or the folder has other content
 */
export const startDynamoDB = async (folder?: string): Promise<DynamoDBServer> => {
  if (folder !== undefined) await checkOpens(folder);
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    ...(folder !== undefined && { path: folder }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database first: if it fails inside dynalite, no caller can catch the error. */
const checkOpens = async (folder: string): Promise<void> => {
  const { Level }: { Level: new (path: string) => Database } = createRequire(import.meta.resolve('dynalite'))(
    'level',
  );
  const database = new Level(folder);
  await database.open();
  await database.close();
};
