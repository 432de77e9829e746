import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { ANY_ACCESS } from '../../src/entry/local/settings/access.js';
import type { Measured } from '../subjects/measured.js';
import { bundle } from './bundle.js';
import type { Behaviour, Seen } from './endpoint.js';
import { Helper } from './helper.js';
import type { StoreQuestion } from './store.js';

export type Transport = 'plain' | 'tls';
export type Subject = Helper<number, Measured>;
export type EndpointProcess = Helper<Behaviour | undefined, Seen>;

const TSX = { execArgv: ['--import', 'tsx'] };

/** The processes around a measured one: a store, an endpoint for each transport, and their bundles. */
export class BenchProcesses {
  readonly #helpers: { end(): Promise<void> }[] = [];
  readonly #bundles = new Map<string, string>();

  private constructor(
    readonly folder: string,
    readonly store: Helper<StoreQuestion, string>,
    readonly endpoints: Record<Transport, EndpointProcess>,
  ) {
    this.#helpers.push(store, endpoints.plain, endpoints.tls);
  }

  static async start(): Promise<BenchProcesses> {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    writeFileSync(join(folder, 'key.pem'), key);
    writeFileSync(join(folder, 'cert.pem'), cert);
    const env = { BENCH_KEY: join(folder, 'key.pem'), BENCH_CERT: join(folder, 'cert.pem') };
    const endpoint = (tls: 'on' | 'off'): Promise<EndpointProcess> =>
      Helper.start('bench/processes/endpoint.ts', { ...TSX, env: { ...env, BENCH_TLS: tls } });
    const [store, plain, tls] = await Promise.all([
      Helper.start<StoreQuestion, string>('bench/processes/store.ts', TSX),
      endpoint('off'),
      endpoint('on'),
    ]);
    return new BenchProcesses(folder, store, { plain, tls });
  }

  /** Starts a measured process with the variables of a function; `env` adds others. */
  async subject<Question = number, Answer = Measured>(
    name: string,
    transport: Transport,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Helper<Question, Answer>> {
    const path = this.#bundles.get(name) ?? (await bundle(`bench/subjects/${name}.ts`, this.folder));
    this.#bundles.set(name, path);
    const { port } = await this.endpoints[transport].ask(undefined);
    const log = process.env.BENCH_LOG;
    const subject = await Helper.start<Question, Answer>(path, {
      hidden: log === undefined,
      env: {
        AWS_ACCESS_KEY_ID: ANY_ACCESS.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: ANY_ACCESS.credentials.secretAccessKey,
        AWS_SESSION_TOKEN: 'as long as in Lambda '.repeat(40).trim(),
        AWS_REGION: 'eu-west-1',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        NODE_EXTRA_CA_CERTS: join(this.folder, 'cert.pem'),
        CALLBACK_URL: `${transport === 'tls' ? 'https' : 'http'}://127.0.0.1:${port}/dev`,
        CONNECTIONS_TABLE: 'bench-connections',
        MESSAGES_TABLE: 'bench-messages',
        DYNAMODB_ENDPOINT: await this.store.ask({ members: 0, pageLatencyMs: 0 }),
        AUTH_MODE: 'guest',
        RATE_LIMIT: 'off',
        LOG_LEVEL: log ?? 'fatal',
        ...env,
      },
    });
    this.#helpers.push(subject);
    return subject;
  }

  async end(): Promise<void> {
    for (const helper of this.#helpers) await helper.end();
    rmSync(this.folder, { recursive: true });
  }
}
