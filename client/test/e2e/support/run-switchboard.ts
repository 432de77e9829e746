import type { GatewayLimits } from '../../../../gateway/gateway-options.js';
import type { Clock } from '../../../../src/application/ports/clock.js';
import { startSwitchboard } from '../../../../src/entry/local/start.js';
import { startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import { disconnectAfterAbort } from '../../../../test/support/disconnect-after-abort.js';

export interface Running {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** The whole server on a free port, on a DynamoDB of its own; no rate limits unless `env` says so. */
export const runSwitchboard = async (
  env: NodeJS.ProcessEnv = {},
  limits: Partial<GatewayLimits> = {},
  clock?: Clock,
): Promise<Running> => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const dynamodb = await startDynamoDB();
  const { gateway, stop } = await startSwitchboard({
    env: { RATE_LIMIT: 'off', LOG_LEVEL: 'error', DYNAMODB_ENDPOINT: dynamodb.endpoint, ...env },
    port: 0,
    // The endpoint above is used in its stead.
    dataFolder: 'unused',
    memory: false,
    gateway: { host: '127.0.0.1', limits, disconnectAfterAbort },
    ...(clock && { clock }),
  });
  return {
    url: gateway.url,
    port: gateway.port,
    stop: async () => {
      await stop();
      await dynamodb.stop();
    },
  };
};
