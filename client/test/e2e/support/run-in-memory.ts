import type { GatewayLimits } from '../../../../gateway/gateway-options.js';
import { startSwitchboard } from '../../../../src/entry/local/start.js';
import { disconnectAfterAbort } from '../../../../test/support/disconnect-after-abort.js';
import type { Running } from './run-switchboard.js';

/** The whole server on a free port, on a store in memory, for what depends on no store: a publication costs a tenth. */
export const runInMemory = async (
  env: NodeJS.ProcessEnv = {},
  limits: Partial<GatewayLimits> = {},
): Promise<Running> => {
  const { gateway, stop } = await startSwitchboard({
    env: { RATE_LIMIT: 'off', LOG_LEVEL: 'error', ...env },
    port: 0,
    dataFolder: undefined,
    memory: true,
    gateway: { host: '127.0.0.1', limits, disconnectAfterAbort },
  });
  return { url: gateway.url, port: gateway.port, stop };
};
