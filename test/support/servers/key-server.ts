import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A JWKS URL on this machine that counts its requests. */
export class KeyServer {
  fetches = 0;
  /** `down` answers 500. */
  keys: object | string | 'down' = 'down';
  readonly #server: Server = createServer((_, response) => {
    this.fetches += 1;
    response.statusCode = this.keys === 'down' ? 500 : 200;
    response.end(typeof this.keys === 'string' ? this.keys : JSON.stringify(this.keys));
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks.json`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
