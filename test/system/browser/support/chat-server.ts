import { type Switchboard, startSwitchboard } from '../../../../src/entry/local/start.js';

export interface ChatServer {
  /** The page's address. */
  url: string;
  switchboard: Switchboard;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** An empty server, on a port of its own. */
export const startChatServer = async (
  env: NodeJS.ProcessEnv = {},
  listening: { host?: string; origins?: string[] } = {},
): Promise<ChatServer> => {
  const switchboard = await startSwitchboard({
    ...listening,
    env: { LOG_LEVEL: 'error', ...env },
    port: 0,
    memory: true,
    dataFolder: undefined,
  });
  return { url: `http://localhost:${switchboard.gateway.port}/`, switchboard };
};
