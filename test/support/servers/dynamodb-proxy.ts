import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type DynamoDBServer, startDynamoDB } from '../../../src/entry/local/storage/dynamodb-server.js';

export interface ProxiedOperation {
  /** DynamoDB's name for it. */
  name: string;
  /** The key's `pk`, or the request's when there are several. */
  pk: string;
  /** The requests of the SDK. */
  request: Record<string, unknown>;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

/** A DynamoDB whose operations a test can observe, and fail. */
export class DynamoDBProxy {
  readonly operations: ProxiedOperation[] = [];
  private readonly agent = new Agent({ keepAlive: true });
  /** Called for each operation; if it returns true, the answer is 500 and nothing is done. */
  broken: (operation: ProxiedOperation) => boolean = () => false;
  /** Called after each operation, before its answer is passed on. */
  succeeded: (operation: ProxiedOperation) => void = () => {};

  private constructor(
    private readonly dynamodb: DynamoDBServer,
    private readonly server: Server,
  ) {}

  static async start(): Promise<DynamoDBProxy> {
    const dynamodb = await startDynamoDB();
    const server = createServer((incoming, outgoing) => {
      void buffer(incoming).then(
        (body) => {
          const operation = operationOf(String(incoming.headers['x-amz-target']), body.toString());
          proxy.operations.push(operation);
          if (proxy.broken(operation)) {
            outgoing.writeHead(500).end('{"__type":"InternalServerError","message":"broken"}');
            return;
          }
          proxy.#forward(incoming, body, outgoing, operation);
        },
        () => outgoing.destroy(),
      );
    });
    const proxy = new DynamoDBProxy(dynamodb, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** A kept socket may be closed just as it is used again: then the request takes another one. */
  #forward(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    operation: ProxiedOperation,
  ): void {
    const { method = 'POST', headers, url = '/' } = incoming;
    const { host: _, ...others } = headers;
    const options = { method, headers: others, agent: this.agent };
    const forwarded = request(new URL(url, this.dynamodb.endpoint), options, (answer) => {
      if (answer.statusCode === 200) this.succeeded(operation);
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.on('error', () => outgoing.destroy()).pipe(outgoing);
    });
    forwarded.on('error', () => {
      if (forwarded.reusedSocket) this.#forward(incoming, body, outgoing, operation);
      else outgoing.destroy();
    });
    forwarded.end(body);
  }

  /** For `DYNAMODB_ENDPOINT`. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The requested writes since then, whether or not their conditions held. */
  writesSince(operation: number): ProxiedOperation[] {
    return this.operations.slice(operation).filter(({ name }) => WRITES.has(name));
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.dynamodb.stop();
  }
}

const operationOf = (target: string, body: string): ProxiedOperation => {
  const request = JSON.parse(body || '{}');
  const pk = (request.Key ?? request.Item)?.pk?.S ?? body;
  return { name: target.split('.').at(-1) ?? '', pk, request };
};
