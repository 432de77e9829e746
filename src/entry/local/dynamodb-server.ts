import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';

export interface DynamoDBServer {
  /** For `DYNAMODB_ENDPOINT`. */
  endpoint: string;
  stop(): Promise<void>;
}

/** A DynamoDB of one's own, in this process: in `folder`, which then belongs to it alone, or in memory. */
export const startDynamoDB = async (folder?: string): Promise<DynamoDBServer> => {
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
