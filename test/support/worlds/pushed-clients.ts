import type { CallbackCall, CallbackFault } from '../../../gateway/faults.js';
import type { Gateway } from '../../../gateway/gateway.js';
import type { ApiGatewayClientNotifier } from '../../../src/adapters/api-gateway/client-notifier.js';
import { createClientNotifier } from '../../../src/adapters/api-gateway/create-client-notifier.js';
import type { PushFailure } from '../../../src/adapters/api-gateway/posts/post-sender.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import type { Clients } from '../../contracts/client-notifier.contract.js';
import { GatewayWorld } from '../../gateway/support/gateway-world.js';
import type { RecordingSocket } from '../../gateway/support/recording-socket.js';

/** Clients with real sockets at the local gateway, and the notifier that reaches them over HTTP. */
export class PushedClients implements Clients {
  readonly calls: CallbackCall[] = [];
  readonly failures: PushFailure[] = [];
  readonly #clients = new Map<string, RecordingSocket>();

  private constructor(
    private readonly world: GatewayWorld,
    private readonly gateway: Gateway,
    readonly notifier: ApiGatewayClientNotifier,
  ) {}

  static async create(): Promise<PushedClients> {
    const world = new GatewayWorld();
    const gateway = await world.start();
    const options = { ...ANY_ACCESS, endpoint: gateway.callbackUrl, maxSockets: 64 };
    const notifier = createClientNotifier(options, new SystemClock(), (failure) =>
      clients.failures.push(failure),
    );
    const clients = new PushedClients(world, gateway, notifier);
    clients.misbehave(() => undefined);
    return clients;
  }

  /** Called for each call in turn. */
  misbehave(faults: (call: CallbackCall) => CallbackFault | undefined): void {
    this.gateway.faults.callback = (call) => {
      this.calls.push(call);
      return faults(call);
    };
  }

  async open(): Promise<string> {
    const client = await this.world.connect(this.gateway);
    const connectionId = await this.world.connectionId(this.#clients.size);
    this.#clients.set(connectionId, client);
    return connectionId;
  }

  async close(connectionId: string): Promise<void> {
    const client = this.#clients.get(connectionId);
    client?.socket.close();
    await client?.closed;
  }

  async received(connectionId: string, count: number): Promise<unknown[]> {
    const client = this.#clients.get(connectionId);
    if (count > 0) await client?.frame(count - 1);
    return (client?.frames ?? []).map((frame) => JSON.parse(frame));
  }

  deadline(): number {
    return Date.now() + 60_000;
  }

  async end(): Promise<void> {
    await this.notifier.destroy();
    await this.world.end();
  }
}
