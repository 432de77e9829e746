import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from '@jest/globals';
import { invokeApi } from '../../../../gateway/lambda/invoke-api.js';
import { readStreamRecord } from '../../../../src/adapters/dynamodb/log/read-stream-record.js';
import { toPiece } from '../../../../src/adapters/sqs/piece-message.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { createFanOut } from '../../../../src/entry/lambda/handlers/create-fan-out.js';
import type { QueueMessage } from '../../../../src/entry/lambda/handlers/create-pieces.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import type { StreamRecord } from '../../../../src/entry/local/stream/stream-record.js';
import { connectEvent, messageEvent, routerWorld } from '../../../robustness/fuzz/router-world.js';
import { BuiltProgram } from '../../../support/programs/built-program.js';

const ALICE = 'Alice12345678900=';

/**
 * The parts of S3 and Lambda that `npm run redrive` uses, and a client in the lobby. Create it at the top of a
 * `describe`.
 */
export class RedriveWorld {
  readonly objects = new Map<string, string>();
  served: { piece: unknown; ageMs: number }[] = [];
  /** Whether functions fail. */
  fails = false;
  /** Where the queue is. */
  sqs: string | undefined;
  readonly #program = new BuiltProgram('scripts/operators/redrive.ts');
  #router!: ReturnType<typeof routerWorld>;
  #server!: Server;

  constructor() {
    beforeEach(() => this.#start());
    afterEach(async () => {
      this.#server.closeAllConnections();
      await new Promise((resolve) => this.#server.close(resolve));
    });
  }

  redrive(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const { port } = this.#server.address() as AddressInfo;
    const env = {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      ...(this.sqs !== undefined && { AWS_ENDPOINT_URL_SQS: this.sqs }),
      AWS_REGION: ANY_ACCESS.region,
      AWS_ACCESS_KEY_ID: ANY_ACCESS.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ANY_ACCESS.credentials.secretAccessKey,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
    return new Promise((resolve) =>
      execFile(process.execPath, [this.#program.file, ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      ),
    );
  }

  /** The offsets that the client in the lobby received. */
  received(): number[] {
    return (this.#router.clients.received(ALICE) as { type: string; items: { offset: number }[] }[])
      .filter(({ type }) => type === 'messages')
      .flatMap(({ items }) => items.map(({ offset }) => offset));
  }

  async #start(): Promise<void> {
    this.fails = false;
    this.served = [];
    this.objects.clear();
    this.#router = routerWorld();
    this.#router.clients.open(ALICE);
    await this.#router.handler(connectEvent(ALICE));
    await this.#router.handler(messageEvent('join', '{"action":"join","room":"lobby"}', ALICE));
    await this.#listen();
  }

  async #listen(): Promise<void> {
    const { application } = this.#router;
    const fanOut = createFanOut(application, readStreamRecord, new EventLog('silent'));
    const invoke = invokeApi(
      new Map([
        [
          'fan-out',
          async (payload: unknown) => {
            const event = payload as { Records: StreamRecord[] };
            if (!this.fails) return fanOut(event, { getRemainingTimeInMillis: () => 60_000 });
            return { batchItemFailures: event.Records.map(() => ({ itemIdentifier: 'it' })) };
          },
        ],
        ['pieces', (payload: unknown) => this.#servePieces(payload)],
      ]),
    );
    this.#server = createServer((request, response) => {
      if (invoke(request, response)) return;
      const { pathname } = new URL(request.url ?? '', 'http://localhost');
      const key = pathname.replace(/^\/failures\/?/, '');
      if (request.method === 'DELETE') {
        this.objects.delete(key);
        response.writeHead(204).end();
      } else if (key !== '') response.end(this.objects.get(key));
      else {
        const contents = [...this.objects.keys()].map((name) => `<Contents><Key>${name}</Key></Contents>`);
        response.setHeader('content-type', 'application/xml');
        response.end(
          `<ListBucketResult>${contents.join('')}<IsTruncated>false</IsTruncated></ListBucketResult>`,
        );
      }
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Does what the function does, except for pushing. */
  async #servePieces(payload: unknown) {
    const { Records } = payload as { Records: QueueMessage[] };
    if (this.fails) return { batchItemFailures: [{ itemIdentifier: 'it' }] };
    for (const { body, attributes } of Records)
      this.served.push({ piece: toPiece(body), ageMs: Date.now() - Number(attributes.SentTimestamp) });
    return { batchItemFailures: [] };
  }
}
