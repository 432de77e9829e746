import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before the `@connections` of a gateway, which a test can make fail. */
export class CallbackProxy {
  broken = false;
  /** The gateway's `host:port`, once that is known. */
  target = '';
  readonly #server: Server = createServer((incoming, outgoing) => {
    if (this.broken) {
      incoming.resume();
      outgoing.writeHead(500).end('{"message":"broken"}');
      return;
    }
    const { method = 'GET', headers, url = '/' } = incoming;
    const forwarded = request(new URL(url, `http://${this.target}`), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** For `CALLBACK_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/dev`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
