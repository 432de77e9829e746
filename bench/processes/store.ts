import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EVERYONE } from '../../protocol/names.js';
import { partitionOf } from '../../src/adapters/dynamodb/members/partitions.js';
import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import { ALL_PERMISSIONS, formatPermissions } from '../../src/domain/access/permissions.js';
import { ANY_ACCESS } from '../../src/entry/local/settings/access.js';
import { createTable } from '../../src/entry/local/storage/create-table.js';
import { startDynamoDB } from '../../src/entry/local/storage/dynamodb-server.js';
import { memberId } from '../member-id.js';
import { answering } from './answering.js';

// A DynamoDB whose connections table is generated: a given number of members of `*`, in pages of 1 MB as DynamoDB cuts
// them. The
// embedded one takes a hundred times as long for a page, which would hide everything else. It has the messages table.

export interface StoreQuestion {
  members: number;
  pageLatencyMs: number;
}

const PAGE_BYTES = 1_000_000;

const dynamodb = await startDynamoDB();
const documents = createDocumentClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint });
await createTable(documents, 'bench-messages');

interface Made {
  pk: string;
  sk: string;
  json: string;
  whole: string;
}

let rows: Made[] = [];
let partitions = new Map<string, Made[]>();
let latencyMs = 0;

/** All other rows, as written: the bounds of the sections of `*`. */
const kept = new Map<string, unknown>();

const fill = (members: number): void => {
  kept.clear();
  rows = Array.from({ length: members }, (_, index) => {
    const sk = memberId(index);
    const pk = partitionOf(EVERYONE, sk);
    const fields = [
      `"sk":{"S":"${sk}"},"userId":{"S":"user-${index}"}`,
      '"connectedAt":{"N":"1760000000000"},"joinedAt":{"N":"1760000000000"}',
      '"expiresAt":{"N":"4102444800000"}',
    ].join(',');
    return { pk, sk, json: `{${fields}}`, whole: `{"pk":{"S":"${pk}"},${fields},"ttl":{"N":"4102444800"}}` };
  }).sort((a, b) => (a.sk < b.sk ? -1 : 1));
  partitions = new Map();
  for (const row of rows) {
    const others = partitions.get(row.pk);
    if (others) others.push(row);
    else partitions.set(row.pk, [row]);
  }
};

interface Asked {
  TableName?: string;
  Limit?: number;
  ScanIndexForward?: boolean;
  ProjectionExpression?: string;
  Select?: string;
  Key?: { pk: { S: string }; sk: { S: string } };
  Item?: { pk: { S: string }; sk: { S: string } };
  ExclusiveStartKey?: { sk: { S: string } };
  ExpressionAttributeValues?: Record<string, { S?: string }>;
}

const page = (asked: Asked, rows: Made[] = []): string => {
  const { ScanIndexForward: forward = true, Limit: limit = Number.POSITIVE_INFINITY } = asked;
  const step = forward ? 1 : -1;
  const after = asked.ExclusiveStartKey?.sk.S;
  let at = forward ? 0 : rows.length - 1;
  if (after !== undefined) at = rows.findIndex(({ sk }) => sk === after) + step;
  const items: string[] = [];
  let bytes = 0;
  let last: Made | undefined;
  for (let row = rows[at]; row && items.length < limit && bytes < PAGE_BYTES; row = rows[at]) {
    items.push(asked.ProjectionExpression ? row.json : row.whole);
    // DynamoDB counts the whole row, before the projection: about two thirds of its JSON.
    bytes += row.whole.length * 0.66;
    last = row;
    at += step;
  }
  const next =
    rows[at] && last ? `,"LastEvaluatedKey":{"pk":{"S":"${last.pk}"},"sk":{"S":"${last.sk}"}}` : '';
  const list = asked.Select === 'COUNT' ? '' : `"Items":[${items.join(',')}],`;
  return `{${list}"Count":${items.length},"ScannedCount":${items.length}${next}}`;
};

/** Each caller is connected and has all permissions. */
const connection = (pk: string): string =>
  JSON.stringify({
    Item: {
      pk: { S: pk },
      sk: { S: 'CONNECTION' },
      connectionId: { S: pk.split('#')[1] },
      userId: { S: 'user-0' },
      connectedAt: { N: '1760000000000' },
      expiresAt: { N: '4102444800000' },
      permissions: { S: formatPermissions(ALL_PERMISSIONS) },
    },
  });

const nameOf = (key: Asked['Key']): string => JSON.stringify([key?.pk.S, key?.sk.S]);

const made = (operation: string, asked: Asked): string => {
  const partition = Object.values(asked.ExpressionAttributeValues ?? {})[0]?.S;
  const pk = asked.Key?.pk.S ?? '';
  if (operation === 'Scan') return page(asked, rows);
  if (operation === 'GetItem' && pk.startsWith('CONNECTION#')) return connection(pk);
  if (operation === 'Query') return page(asked, partitions.get(partition ?? ''));
  if (operation === 'PutItem') kept.set(nameOf(asked.Item), asked.Item);
  if (operation === 'GetItem') return JSON.stringify({ Item: kept.get(nameOf(asked.Key)) });
  return '{}';
};

const pass = (body: Buffer, from: IncomingMessage, to: ServerResponse): void => {
  const { hostname, port } = new URL(dynamodb.endpoint);
  const { host: _, ...headers } = from.headers;
  const passed = request({ hostname, port, method: 'POST', headers }, (answer) => {
    to.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(to);
  });
  passed.end(body);
};

const server = createServer(async (from, to) => {
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const asked = JSON.parse(body.toString()) as Asked;
  const operation = String(from.headers['x-amz-target']).split('.')[1] ?? '';
  if (asked.TableName !== 'bench-connections') {
    pass(body, from, to);
    return;
  }
  const answer = made(operation, asked);
  const latency = operation === 'Query' || operation === 'Scan' ? latencyMs : 0;
  setTimeout(() => {
    to.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    to.end(answer);
  }, latency);
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () =>
  answering((question: StoreQuestion): string => {
    fill(question.members);
    latencyMs = question.pageLatencyMs;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }),
);
