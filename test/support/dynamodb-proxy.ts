import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type DynamoDBServer, startDynamoDB } from '../../src/entry/local/storage/dynamodb-server.js';

export interface Operation {
  /** As DynamoDB calls it. */
  name: string;
  /** The key's `pk`, or the request's when there are several. */
  pk: string;
  /** What the SDK sent. */
  request: Record<string, unknown>;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

/** A DynamoDB that can be watched at work, and broken. */
export class DynamoDBProxy {
  readonly operations: Operation[] = [];
  private readonly agent = new Agent({ keepAlive: true });
  /** Asked for each operation; true answers 500 instead of doing it. */
  broken: (operation: Operation) => boolean = () => false;

  private constructor(
    private readonly dynamodb: DynamoDBServer,
    private readonly server: Server,
  ) {}

  static async start(): Promise<DynamoDBProxy> {
    const dynamodb = await startDynamoDB();
    const server = createServer((incoming, outgoing) => {
      void buffer(incoming).then((body) => {
        const operation = operationOf(String(incoming.headers['x-amz-target']), body.toString());
        proxy.operations.push(operation);
        if (proxy.broken(operation)) {
          outgoing.writeHead(500).end('{"__type":"InternalServerError","message":"broken"}');
          return;
        }
        const { method, headers, url } = incoming;
        const { host: _, ...others } = headers;
        const options = { method: method ?? 'POST', headers: others, agent: proxy.agent };
        request(new URL(url ?? '/', dynamodb.endpoint), options, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        })
          // Stopped with a request under way.
          .on('error', () => outgoing.destroy())
          .end(body);
      });
    });
    const proxy = new DynamoDBProxy(dynamodb, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** For `DYNAMODB_ENDPOINT`. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Writes that were asked for since, whether their conditions held or not. */
  writesSince(operation: number): Operation[] {
    return this.operations.slice(operation).filter(({ name }) => WRITES.has(name));
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.dynamodb.stop();
  }
}

const operationOf = (target: string, body: string): Operation => {
  const request = JSON.parse(body || '{}');
  const pk = (request.Key ?? request.Item)?.pk?.S ?? body;
  return { name: target.split('.').at(-1) ?? '', pk, request };
};
