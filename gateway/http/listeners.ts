import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isWildcard } from './host-addresses.js';

export interface Listeners {
  port: number;
  /** Resolves when all listeners and HTTP connections are closed. */
  close(): Promise<void>;
}

/**
 * The addresses to listen at for `host`. The first must work; the others are used if the machine has them. A gateway that
 * other machines reach also listens on loopback, where callbacks go.
 */
const addressesOf = (host: string): string[] => {
  if (host === 'localhost') return ['127.0.0.1', '::1'];
  if (host === '0.0.0.0') return [host, '::1'];
  return isWildcard(host) || ['127.0.0.1', '::1'].includes(host) ? [host] : [host, '127.0.0.1', '::1'];
};

/** The loopback name under which callbacks reach a gateway that listens at `host`. */
export const callbackHost = (host: string): string => {
  if (host === '::1') return '[::1]';
  return host === 'localhost' ? host : '127.0.0.1';
};

/** Serves HTTP on the addresses that `host` stands for, all on one port. */
export const listen = async (
  host: string,
  port: number,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  onUpgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void,
): Promise<Listeners> => {
  const [first = '', ...others] = addressesOf(host);
  const servers: Server[] = [];
  const open = async (address: string, at: number) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, onRequest);
    server.on('upgrade', (request, socket: Duplex, head: Buffer) =>
      onUpgrade(request, socket as Socket, head),
    );
    await listenAt(server, address, at);
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
      // A machine without IPv6 is served over IPv4, and a port that is free on one may be in use on the other.
      const needed = address === callbackHost(host);
      if (needed || (isInUse(error) && port !== 0)) {
        await close();
        throw error;
      }
    }
  }
  return { port: taken, close };
};

const listenAt = (server: Server, address: string, port: number): Promise<void> =>
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
