import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  cert: string;
}

/** A self-signed certificate for servers at 127.0.0.1: clients have to be told to trust it. */
export const makeCertificate = async (): Promise<Certificate> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { key, cert };
};

export interface PostCall {
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answering = (call: PostCall, response: ServerResponse, request: IncomingMessage) => void;

/** Answers posts as the test says: over HTTP or, with a certificate, over TLS. */
export class ConnectionsServer {
  readonly calls: PostCall[] = [];
  answer: Answering = (_, response) => response.writeHead(200).end('{}');

  private constructor(
    private readonly server: Server,
    readonly endpoint: string,
  ) {}

  static async start(certificate?: Certificate): Promise<ConnectionsServer> {
    let started: ConnectionsServer | undefined;
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url, headers } = request;
        const call = { url, headers, body: Buffer.concat(chunks).toString() };
        started?.calls.push(call);
        started?.answer(call, response, request);
      });
    };
    const server = certificate ? createSecureServer(certificate, handle) : createServer(handle);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    started = new ConnectionsServer(server, `http${certificate ? 's' : ''}://127.0.0.1:${port}/dev`);
    return started;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
