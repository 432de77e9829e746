import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import type { ClientOptions } from 'ws';
import { type Gateway, startGateway } from '../../../gateway/gateway.js';
import type { GatewayOptions } from '../../../gateway/gateway-options.js';
import type { DisconnectEvent, WebSocketEvent } from '../../../gateway/lambda/event-shapes.js';
import { disconnectAfterAbort } from '../../support/disconnect-after-abort.js';
import { Recorder } from './recorder.js';
import { RecordingSocket } from './recording-socket.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

type SdkConfig = ConstructorParameters<typeof ApiGatewayManagementApiClient>[0];

/** A gateway on loopback with recorded handlers, and everything that a test opens against it. */
export class GatewayWorld {
  readonly recorder = new Recorder<WebSocketEvent>();
  readonly log: string[] = [];
  /** The SDK's requests, oldest first. */
  readonly calledPaths: string[] = [];
  readonly #gateways: Gateway[] = [];
  readonly #clients: RecordingSocket[] = [];
  readonly #sdks: ApiGatewayManagementApiClient[] = [];

  /** `defaults` are for every gateway of this world. */
  constructor(private readonly defaults: Partial<GatewayOptions> = {}) {}

  /** Without routes: `$connect`, `$disconnect` and a `$default` that answers with the message it got. */
  async start(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
    const routes = { ...this.lifecycle(), $default: this.echo() };
    const gateway = await startGateway({
      routes,
      log: (line) => this.log.push(line),
      disconnectAfterAbort,
      ...this.defaults,
      ...options,
    });
    this.#gateways.push(gateway);
    return gateway;
  }

  lifecycle() {
    return { $connect: this.recorder.handler(), $disconnect: this.recorder.handler() };
  }

  echo() {
    const handler = this.recorder.handler((event) => ({
      statusCode: 200,
      body: 'body' in event ? event.body : '',
    }));
    return { handler, routeResponse: '$default' as const };
  }

  /** A client whose upgrade may still be pending, or be refused. */
  dial(gateway: Gateway, query = '', protocols: string[] = [], options: ClientOptions = {}): RecordingSocket {
    const client = new RecordingSocket(gateway.url + query, protocols, options);
    this.#clients.push(client);
    return client;
  }

  async connect(gateway: Gateway, query = ''): Promise<RecordingSocket> {
    const client = this.dial(gateway, query);
    const status = await client.status;
    if (status !== 101) throw new Error(`The upgrade was refused with ${status}`);
    return client;
  }

  sdk(gateway: Gateway, config: SdkConfig = {}): ApiGatewayManagementApiClient {
    const client = new ApiGatewayManagementApiClient({
      endpoint: gateway.callbackUrl,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
      ...config,
    });
    client.middlewareStack.add(
      (next) => (call) => {
        this.calledPaths.push((call.request as { path: string }).path);
        return next(call);
      },
      { step: 'finalizeRequest' },
    );
    this.#sdks.push(client);
    return client;
  }

  /** The id of the connection that came at this position. */
  async connectionId(index = 0): Promise<string> {
    return (await this.recorder.event('$connect', index)).requestContext.connectionId;
  }

  async disconnect(index = 0): Promise<DisconnectEvent['requestContext']> {
    return (await this.recorder.event<DisconnectEvent>('$disconnect', index)).requestContext;
  }

  async end(): Promise<void> {
    for (const client of this.#clients) client.socket.terminate();
    for (const sdk of this.#sdks) sdk.destroy();
    await Promise.all(this.#gateways.map((gateway) => gateway.close()));
  }
}

/** The error of a rejected promise. */
export const failureOf = async (promise: Promise<unknown>): Promise<Error & Record<string, unknown>> => {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('It was expected to fail');
};
