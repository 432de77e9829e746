import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const CREDENTIAL = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\//;

/**
 * Admits requests that are signed with the key, and refuses those of web pages. dynalite itself accepts every signature and
 * lets any page read its answers.
 */
export const admitOwnRequests = (server: Server, accessKeyId: string): void => {
  const answer = server.listeners('request') as Listener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { port } = server.address() as AddressInfo;
    const { origin, host, authorization = '' } = request.headers;
    const [, key = ''] = CREDENTIAL.exec(authorization) ?? [];
    if (origin !== undefined || host !== `127.0.0.1:${port}` || !isSame(key, accessKeyId)) refuse(response);
    else {
      for (const listener of answer) listener(request, response);
      // dynalite would throw when a client gives up half-way.
      request.removeAllListeners('error');
    }
  });
};

/** Compares in a time that reveals nothing about the key. */
const isSame = (given: string, key: string): boolean => timingSafeEqual(digest(given), digest(key));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The body is not read. */
const refuse = (response: ServerResponse): void => {
  const body = JSON.stringify({
    __type: 'com.amazon.coral.service#UnrecognizedClientException',
    message: 'Only the program that started this server may use it.',
  });
  response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0', connection: 'close' }).end(body);
};
