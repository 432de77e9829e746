import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type PushedFrame = Record<string, unknown>;

/** The `@connections` API of a gateway that kept its connections open; it remembers what is pushed to each. */
export class OpenSockets {
  readonly #pushed = new Map<string, PushedFrame[]>();
  readonly #gone = new Set<string>();
  readonly #server = createServer(async (request, response) => {
    const connectionId = decodeURIComponent(request.url?.split('/').pop() ?? '');
    const body = await text(request);
    if (this.#gone.has(connectionId)) response.statusCode = 410;
    else if (request.method === 'POST')
      this.#pushed.set(connectionId, [...this.to(connectionId), JSON.parse(body)]);
    response.end();
  });

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/dev`;
  }

  to(connectionId: string): PushedFrame[] {
    return this.#pushed.get(connectionId) ?? [];
  }

  /** The next push finds it gone. */
  cut(connectionId: string): void {
    this.#gone.add(connectionId);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
