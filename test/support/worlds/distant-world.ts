import type { Identity } from '../../../src/domain/access/identity.js';
import { ALL_PERMISSIONS, formatPermissions } from '../../../src/domain/access/permissions.js';
import { handleMessage } from '../../../src/entry/lambda/frames/handle-message.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import { Scheduler } from '../../robustness/torture/simulation/time/scheduler.js';
import { virtualGlobals } from '../../robustness/torture/simulation/time/virtual-globals.js';
import { DistantTable, type LatencyOf } from '../tables/distant-table.js';
import { CountedWorld } from './counted-world.js';

const LATENCY_MS = 10;

/** The whole system on a store with a fixed latency: virtual time tells how many trips to it follow each other. */
export class DistantWorld {
  readonly scheduler = new Scheduler(1_760_000_000_000);
  readonly connections = new Rows();
  readonly messages = new Rows();
  readonly #world: CountedWorld;
  readonly #before = new Map<string, () => void>();
  #requests = 0;

  constructor(latencyOf: LatencyOf = () => LATENCY_MS) {
    const { scheduler } = this;
    const clock = {
      now: () => scheduler.now,
      sleep: (ms: number) => scheduler.sleep(ms),
      advance: (ms: number) => scheduler.jump(ms),
    };
    const latency: LatencyOf = (operation, pk) => {
      this.#before.get(operation)?.();
      return latencyOf(operation, pk);
    };
    const far = (rows: Rows) => new DistantTable(new SimulatedTable(rows, AT_ONCE), clock, latency);
    this.#world = new CountedWorld(far(this.connections), far(this.messages), { RATE_LIMIT: 'on' }, clock);
  }

  /** A connection with a token, and so with a session to read, unless it is a guest's. */
  identity(userId: string, kind: 'guest' | 'token' = 'guest'): Identity {
    const connectedAt = this.scheduler.now;
    return {
      connectionId: `${userId}=`,
      userId,
      connectedAt,
      requestId: 'request',
      permissions: formatPermissions(ALL_PERMISSIONS),
      ...(kind === 'token' && { tokenExpiresAt: connectedAt + 3_600_000 }),
    };
  }

  async connect(identity: Identity): Promise<number> {
    this.#world.clients.open(identity.connectionId);
    return this.tripsOf(() => this.#world.app.connect.execute(identity));
  }

  /** Sends `$disconnect` during another call. */
  disconnectAfter(ms: number, { connectionId }: Identity): void {
    this.scheduler.after(ms, () => void this.#world.app.disconnect.execute(connectionId));
  }

  /** Sends a frame. Resolves to its reply and to the number of trips. */
  async send(identity: Identity, frame: { action: string } & Record<string, unknown>) {
    this.#requests += 1;
    const message = {
      identity,
      routeKey: frame.action,
      body: JSON.stringify(frame),
      requestId: `request-${this.#requests}`,
    };
    let reply: Record<string, unknown> = {};
    const trips = await this.tripsOf(async () => {
      const { result } = await handleMessage(this.#world.app, message);
      reply = JSON.parse(result.body ?? '{}') as Record<string, unknown>;
    });
    return { reply, trips };
  }

  /** Calls a function just before each operation of a kind, such as `put CLAIM`. */
  beforeEach(operation: string, event: () => void): void {
    this.#before.set(operation, event);
  }

  /** Frames of one type that were pushed to a connection. */
  pushed({ connectionId }: Identity, type: string): Record<string, unknown>[] {
    return this.#world.clients.take(connectionId).filter((frame) => frame.type === type);
  }

  /** Operations of all frames so far. */
  get operations(): string[] {
    return this.#world.operations;
  }

  async tripsOf(work: () => Promise<unknown>): Promise<number> {
    const { random } = Math;
    const restore = virtualGlobals(this.scheduler);
    Math.random = random;
    const startedAt = this.scheduler.now;
    try {
      await this.scheduler.run(work().then(() => {}));
    } finally {
      restore();
    }
    return (this.scheduler.now - startedAt) / LATENCY_MS;
  }
}
