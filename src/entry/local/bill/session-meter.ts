import { type GatewayUsage, Meter } from '../../../../gateway/meter.js';
import type { Amounts } from './amounts.js';
import { LogMeter } from './log-meter.js';
import { StoreMeter, type StoreUsage } from './store-meter.js';

/** `memory` in `deploy/defaults.yml`. */
const FUNCTION_GB = 0.5;

/** `pushMemory`, of the functions that push. */
const PUSH_GB = 1_769 / 1_024;
const PUSHING = new Set(['fan-out', 'pieces']);

/** The bytes that Lambda itself logs for an invocation. */
const PLATFORM_LINES = [
  'START RequestId: 8f5c2f60-3a1e-4c0b-9d55-0a7d0e9f6b11 Version: $LATEST\n',
  'END RequestId: 8f5c2f60-3a1e-4c0b-9d55-0a7d0e9f6b11\n',
  'REPORT RequestId: 8f5c2f60-3a1e-4c0b-9d55-0a7d0e9f6b11\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 120 MB\t\n',
];
export const PLATFORM_LOG_BYTES: number = PLATFORM_LINES.join('').length;

export interface SessionUsage {
  gateway: GatewayUsage;
  /** By operation; empty if the store is not DynamoDB. */
  store: ReadonlyMap<string, Readonly<StoreUsage>>;
  amounts: Amounts;
}

/** Everything that AWS would bill for the work of this program. */
export class SessionMeter {
  readonly store = new StoreMeter();
  readonly log = new LogMeter();

  constructor(readonly gateway: Meter = new Meter()) {}

  /** Counts invocations that do not come from the gateway. */
  metered<Arguments extends unknown[], Result>(
    name: string,
    handler: (...args: Arguments) => Promise<Result>,
  ): (...args: Arguments) => Promise<Result> {
    return async (...args) => {
      const startedAt = performance.now();
      try {
        return await handler(...args);
      } finally {
        this.gateway.invocation(name, performance.now() - startedAt);
      }
    };
  }

  get usage(): SessionUsage {
    const gateway = this.gateway.usage;
    const { received, replies, pushes } = gateway.messages;
    const runs = [...gateway.invocations.values()];
    const operations = [...this.store.usage.values()];
    const invocations = sum(runs.map(({ count }) => count));
    return {
      gateway,
      store: this.store.usage,
      amounts: {
        messages: received + replies + pushes,
        connectionMinutes: gateway.connectionMinutes,
        invocations,
        gigabyteSeconds: sum(
          [...gateway.invocations].map(
            ([name, { ms }]) => (ms / 1_000) * (PUSHING.has(name) ? PUSH_GB : FUNCTION_GB),
          ),
        ),
        readUnits: sum(operations.map(({ readUnits }) => readUnits)),
        writeUnits: sum(operations.map(({ writeUnits }) => writeUnits)),
        logBytes: this.log.bytes + invocations * PLATFORM_LOG_BYTES,
      },
    };
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
