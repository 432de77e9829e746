import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface LoopbackServer {
  port: number;
  /** Resolves when nothing listens and no HTTP connection is left. */
  close(): Promise<void>;
}

const ADDRESSES = new Map([
  ['127.0.0.1', ['127.0.0.1']],
  ['::1', ['::1']],
  ['localhost', ['127.0.0.1', '::1']],
]);

/** Serves HTTP on the loopback addresses that `host` stands for: `localhost` may resolve to either of two. */
export const serveLoopback = async (
  host: string,
  port: number,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  onUpgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void,
): Promise<LoopbackServer> => {
  const [first, ...others] = ADDRESSES.get(host) ?? [];
  if (first === undefined) throw new Error(`The local gateway serves loopback only, not ${host}`);
  const servers: Server[] = [];
  const open = async (address: string, at: number) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, onRequest);
    server.on('upgrade', (request, socket: Duplex, head: Buffer) =>
      onUpgrade(request, socket as Socket, head),
    );
    await listen(server, address, at);
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  const close = async () => {
    await Promise.all(servers.map(stop));
  };

  const taken = await open(first, port);
  for (const address of others) {
    try {
      await open(address, taken);
    } catch (error) {
      // A machine without IPv6 is served over IPv4, and a port that was picked here may be in use there.
      if (isInUse(error) && port !== 0) {
        await close();
        throw error;
      }
    }
  }
  return { port: taken, close };
};

const listen = (server: Server, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const isInUse = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
