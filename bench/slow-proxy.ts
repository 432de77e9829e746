import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

export interface SlowProxy {
  port: number;
  /** The target; set it before the first connection. */
  target: number;
  close(): void;
}

/** Adds the distance of another machine to loopback: it forwards all bytes `delayMs` later. */
export const startSlowProxy = async (delayMs: number): Promise<SlowProxy> => {
  const proxy = { port: 0, target: 0, close: () => server.close() };
  const server = createServer({ noDelay: true }, (inbound) => {
    const outbound = connect({ port: proxy.target, host: '127.0.0.1', noDelay: true });
    inbound.on('data', (chunk) => setTimeout(() => outbound.write(chunk), delayMs));
    outbound.on('data', (chunk) => inbound.write(chunk));
    for (const [one, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.port = (server.address() as AddressInfo).port;
  return proxy;
};
