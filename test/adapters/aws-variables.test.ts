import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createManagementClient } from '../../src/adapters/api-gateway/management-client.js';
import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import { ANY_ACCESS } from '../../src/entry/local/settings/access.js';

const VARIABLES = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'];

describe.each(VARIABLES)('A deployed function with %s', (variable) => {
  let server: Server;
  let endpoint: string;

  beforeEach(async () => {
    process.env[variable] = 'true';
    server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    delete process.env[variable];
    server.closeAllConnections();
    server.close();
  });

  it('reaches its connections, which have an address of their own', async () => {
    const client = createManagementClient({ ...ANY_ACCESS, endpoint, maxSockets: 1 });

    expect(await client.send(new GetConnectionCommand({ ConnectionId: 'c=' }))).toBeDefined();
    client.destroy();
  });

  it('reaches a database that DYNAMODB_ENDPOINT names', async () => {
    const client = createDocumentClient({ ...ANY_ACCESS, endpoint });

    expect(await client.send(new GetCommand({ TableName: 'rows', Key: { pk: 'a' } }))).toBeDefined();
    client.destroy();
  });

  it('asks for that variant of DynamoDB itself', async () => {
    const client = createDocumentClient({ ...ANY_ACCESS, region: 'eu-west-1' });
    const { useFipsEndpoint, useDualstackEndpoint } = client.config;

    expect([await useFipsEndpoint(), await useDualstackEndpoint()]).toEqual(
      VARIABLES.map((name) => name === variable),
    );
    client.destroy();
  });
});
