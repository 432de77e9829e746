import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY_ACCESS, ownAccess } from '../../../../src/entry/local/settings/access.js';
import { type DynamoDBServer, startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';

describe('The embedded DynamoDB', () => {
  const access = ownAccess();
  let dynamodb: DynamoDBServer;
  beforeAll(async () => {
    dynamodb = await startDynamoDB(undefined, access);
  });
  afterAll(() => dynamodb.stop());

  const signed = ({ credentials: { accessKeyId } } = access) => ({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    'x-amz-date': '20261126T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261126/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
  });

  const ask = async (headers: Record<string, string>, method: string) => {
    const asked = request(dynamodb.endpoint, { method, headers });
    asked.end(method === 'POST' ? '{}' : undefined);
    const [answer] = await once(asked, 'response');
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  };

  it('answers the SDK with the key of this process', async () => {
    const client = new DynamoDBClient({ ...access, endpoint: dynamodb.endpoint });

    expect((await client.send(new ListTablesCommand())).TableNames).toEqual([]);
    expect((await ask(signed(), 'POST')).status).toBe(200);
    client.destroy();
  });

  it('has another key in every process', () => {
    expect(ownAccess().credentials.accessKeyId).not.toBe(access.credentials.accessKeyId);
  });

  it.each<[string, () => Record<string, string>, string]>([
    [
      'a page of another origin that knows the key',
      () => ({ ...signed(), origin: 'https://evil.example' }),
      'POST',
    ],
    ['a page of its own origin', () => ({ ...signed(), origin: dynamodb.endpoint }), 'POST'],
    ['a sandboxed page', () => ({ ...signed(), origin: 'null' }), 'POST'],
    ['a page that asks what it may do', () => ({ ...signed(), origin: 'https://evil.example' }), 'OPTIONS'],
    ['a host name that was bound anew', () => ({ ...signed(), host: 'evil.example' }), 'POST'],
    ['another port', () => ({ ...signed(), host: '127.0.0.1:1' }), 'POST'],
    ['any other key', () => signed(ANY_ACCESS), 'POST'],
    ['no key', () => ({ ...signed(), authorization: '' }), 'POST'],
    ['a plain GET', () => ({}), 'GET'],
  ])('refuses %s, and says nothing to browsers', async (_, headers, method) => {
    const { status, headers: answered, body } = await ask(headers(), method);

    expect(status).toBe(403);
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
    if (method !== 'OPTIONS') expect(body).toContain('UnrecognizedClientException');
  });

  it('does not read the body of a refused request', async () => {
    const socket = connect(Number(new URL(dynamodb.endpoint).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400000000\r\n\r\n');

    expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
  });

  it('survives a request that is given up half-way', async () => {
    const { host } = new URL(dynamodb.endpoint);
    const socket = connect(Number(new URL(dynamodb.endpoint).port), '127.0.0.1');
    const head = Object.entries({ ...signed(), host, 'content-length': '100', expect: '100-continue' });
    socket.write(`POST / HTTP/1.1\r\n${head.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n{`);
    await once(socket, 'data');
    socket.resetAndDestroy();

    expect((await ask(signed(), 'POST')).status).toBe(200);
  });
});
