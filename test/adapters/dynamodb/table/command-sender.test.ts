import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createDocumentClient } from '../../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../../src/adapters/dynamodb/table/document-table.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

interface Asked {
  request: IncomingMessage;
  sk: string;
  answer(status?: number): void;
}

let server: Server;
let documents: ReturnType<typeof createDocumentClient>;
let table: DocumentTable;
let asked: Asked[];
let arrived: () => void;

beforeEach(async () => {
  asked = [];
  arrived = () => {};
  server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const { Key } = (await json(request)) as { Key: { sk: { S: string } } };
    const answer = (status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(status === 200 ? { Item: Key } : { __type: 'InternalServerError' }));
    };
    asked.push({ request, sk: Key.sk.S, answer });
    arrived();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  documents = createDocumentClient({ ...ANY_ACCESS, endpoint: `http://127.0.0.1:${port}` });
  table = new DocumentTable(documents, 'rows', async () => {});
});

afterEach(async () => {
  documents.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const waiting = async (requests: number): Promise<void> => {
  while (asked.length < requests)
    await new Promise<void>((resolve) => {
      arrived = resolve;
    });
};

it('gives each of several reads under way its own answer', async () => {
  const reads = ['a', 'b', 'c'].map((sk) => table.get({ pk: 'p', sk }));
  await waiting(3);

  for (const { answer } of asked.toReversed()) answer();

  expect(await Promise.all(reads)).toEqual(['a', 'b', 'c'].map((sk) => ({ pk: 'p', sk })));
});

it('ends only the read whose signal is aborted', async () => {
  const stopped = new AbortController();
  const first = table.get({ pk: 'p', sk: 'stopped' }, stopped.signal);
  await waiting(1);
  const second = table.get({ pk: 'p', sk: 'with another' }, new AbortController().signal);
  const third = table.get({ pk: 'p', sk: 'without one' });
  await waiting(3);
  const closed = once(asked.find(({ sk }) => sk === 'stopped')?.request.socket as never, 'close');

  stopped.abort();

  await expect(first).rejects.toMatchObject({ code: 'unavailable' });
  await closed;
  for (const { sk, answer } of asked) if (sk !== 'stopped') answer();
  expect(await second).toEqual({ pk: 'p', sk: 'with another' });
  expect(await third).toEqual({ pk: 'p', sk: 'without one' });
});

it('repeats a read that the server failed, and can still stop it', async () => {
  const stopped = new AbortController();
  const read = table.get({ pk: 'p', sk: 's' }, stopped.signal);
  await waiting(1);
  asked[0]?.answer(500);
  await waiting(2);

  stopped.abort();

  await expect(read).rejects.toMatchObject({ code: 'unavailable' });
});
