import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Gateway, startGateway } from '../../../../gateway/gateway.js';
import type { Route } from '../../../../gateway/gateway-options.js';
import { bundleRelease } from '../../../../scripts/project/release/bundle-release.js';
import { ROUTES } from '../../../../src/entry/lambda/frames/routes.js';
import { UNANSWERED_ROUTES } from '../../../../src/entry/lambda/frames/unanswered/unanswered-routes.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { createTable } from '../../../../src/entry/local/storage/create-table.js';
import {
  EventSourceMapping,
  type StreamHandler,
} from '../../../../src/entry/local/stream/event-source-mapping.js';
import { readStreamFunction } from '../../../../src/entry/local/stream/mapping-settings.js';
import { DynamoDBProxy } from '../../../support/servers/dynamodb-proxy.js';
import { streamRecordOf } from './put-record.js';
import { Release } from './release.js';

const REPOSITORY = resolve(import.meta.dirname, '../../../..');
const PREVIOUS = resolve(import.meta.dirname, '../previous-release');

export type ReleaseName = 'previous' | 'present';

/** A stage whose functions can be replaced while its gateway, its tables and their stream stay as they are. */
export class Deployment {
  #serving: readonly ReleaseName[] = ['previous'];
  #invocations = 0;

  private constructor(
    readonly gateway: Gateway,
    readonly releases: Readonly<Record<ReleaseName, Release>>,
    private readonly dynamodb: DynamoDBProxy,
    private readonly folder: string,
  ) {}

  static async start(inlineLimit: number): Promise<Deployment> {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-release-'));
    await bundleRelease(REPOSITORY, folder, 'bundle');
    const dynamodb = await DynamoDBProxy.start();
    let deployment: Deployment;
    const router: Route['handler'] = (event) => deployment.#next.invoke('router', event);
    const answered: Route = { handler: router, routeResponse: '$default' };
    const gateway = await startGateway({
      routes: new Map<string, Route>([
        ['$connect', { handler: router }],
        ['$disconnect', { handler: router }],
        ...['$default', ...ROUTES.keys()].map((key) => [key, answered] as const),
        ...[...UNANSWERED_ROUTES.keys()].map((key) => [key, { handler: router }] as const),
      ]),
      authorizer: (event) => deployment.#next.invoke('authorizer', event),
    });
    const env = {
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AUTH_MODE: 'guest',
      CALLBACK_URL: gateway.callbackUrl,
      CONNECTIONS_TABLE: 'connections',
      DYNAMODB_ENDPOINT: dynamodb.endpoint,
      FAN_OUT_INLINE_LIMIT: String(inlineLimit),
      FRAMES_AT_ONCE: '1000',
      LOG_LEVEL: 'silent',
      MESSAGES_TABLE: 'messages',
      // No room here is large enough for pieces.
      PIECE_FAILURES_URL: 'http://127.0.0.1:9/failures',
      PIECE_QUEUE_URL: 'http://127.0.0.1:9/pieces',
    };
    await createTables(env);
    const releases = {
      previous: await Release.start(PREVIOUS, 'functions.mjs', env),
      present: await Release.start(folder, 'functions.cjs', env),
    };
    deployment = new Deployment(gateway, releases, dynamodb, folder);
    const fanOut = (event: unknown) => deployment.#next.invoke('fanOut', event) as ReturnType<StreamHandler>;
    const { mapping, timeout } = readStreamFunction(new URL(`file://${REPOSITORY}/serverless.yml`), 'fanOut');
    const stream = new EventSourceMapping({
      settings: mapping,
      timeout,
      handler: fanOut,
      onFailure: () => {},
    });
    let records = 0;
    dynamodb.succeeded = ({ name, request }) => {
      if (name !== 'PutItem' || request.TableName !== env.MESSAGES_TABLE) return;
      records += 1;
      stream.add(streamRecordOf(request.Item as never, records));
    };
    return deployment;
  }

  /** From now on. With both, invocations alternate, as while instances of the previous release are still warm. */
  serve(...releases: readonly ReleaseName[]): void {
    this.#serving = releases;
  }

  get #next(): Release {
    this.#invocations += 1;
    return this.releases[this.#serving[this.#invocations % this.#serving.length] as ReleaseName];
  }

  async stop(): Promise<void> {
    await this.gateway.close();
    await Promise.all(Object.values(this.releases).map((release) => release.stop()));
    await this.dynamodb.stop();
    rmSync(this.folder, { recursive: true });
  }
}

const createTables = async (
  env: Record<'DYNAMODB_ENDPOINT' | 'CONNECTIONS_TABLE' | 'MESSAGES_TABLE', string>,
) => {
  const client = new DynamoDBClient({ ...ANY_ACCESS, endpoint: env.DYNAMODB_ENDPOINT });
  for (const name of [env.CONNECTIONS_TABLE, env.MESSAGES_TABLE]) await createTable(client, name);
  client.destroy();
};
