import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Gateway, startGateway } from '../../../gateway/gateway.js';
import type { GatewayOptions, Route } from '../../../gateway/gateway-options.js';
import { DEVELOPMENT_SECRET } from '../../adapters/jwt/development-token.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Application } from '../application.js';
import { EventLog } from '../event-log.js';
import { ROUTES } from '../lambda/frames/routes.js';
import { UNANSWERED_ROUTES } from '../lambda/frames/unanswered/unanswered-routes.js';
import { createAuthorizer } from '../lambda/handlers/create-authorizer.js';
import { createRouter } from '../lambda/handlers/create-router.js';
import type { AuthorizerResult, WebSocketResult } from '../lambda/handlers/events.js';
import { metricsPlace } from '../metrics/metrics-place.js';
import { readSettings, type Settings } from '../settings.js';
import { createInMemoryApplication } from './applications/in-memory-application.js';
import { createLocalMySqlApplication } from './applications/local-mysql-application.js';
import { createStreamedApplication, type StreamedApplication } from './applications/streamed-application.js';
import { liveBill } from './bill/live-bill.js';
import { SessionMeter, type SessionUsage } from './bill/session-meter.js';
import { demoSite } from './demo-site.js';
import { lambdaFunctions } from './lambda-functions.js';
import { type EntryRequirement, openHostWarning } from './open-host-warning.js';
import { openQueue } from './queue/open-queue.js';
import { readQueueSettings } from './queue/queue-settings.js';
import type { Instruments } from './settings/instruments.js';
import { localDefaults } from './settings/local-defaults.js';
import type { LocalSettings } from './settings/local-settings.js';
import { openMySql } from './storage/mysql.js';
import { openStorage } from './storage/storage.js';

const PIECES = readQueueSettings(new URL('../../../serverless.yml', import.meta.url), 'pieces', 'PieceQueue');

type Listening = Pick<LocalSettings, 'port' | 'host' | 'origins'>;

export interface StartOptions extends Omit<LocalSettings, 'host' | 'origins'>, Partial<Listening> {
  port: number;
  env: NodeJS.ProcessEnv;
  gateway?: Omit<GatewayOptions, 'routes' | 'authorizer' | 'port'>;
  /** Of the handlers; the gateway has its own. Absent: the system's. */
  clock?: Clock;
  /** Maximum time for a frame, in milliseconds; absent: that of the deployed function. */
  frameTimeoutMs?: number;
  /** Members of one piece; absent: as deployed. */
  pieceMembers?: number | undefined;
}

export interface Switchboard {
  gateway: Gateway;
  authMode: 'guest' | 'jwt';
  /** A warning of what other machines can do, if they can reach the program. */
  warning: string | undefined;
  /** The bill that AWS would send so far. */
  readonly usage: SessionUsage;
  /** Closes every socket with 1001 and resolves when everything has stopped. */
  stop(): Promise<void>;
}

/**
 * Runs the same handlers as `sls deploy`, behind the local gateway.
 *
 * @throws Error with one line that names the mistake
 */
export const startSwitchboard = async ({
  env,
  port,
  dataFolder,
  gateway: options,
  clock = new SystemClock(),
  frameTimeoutMs,
  pieceMembers,
  host = options?.host ?? 'localhost',
  origins = options?.origins ?? [],
}: StartOptions): Promise<Switchboard> => {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const settings = readSettings({ ...localDefaults(set), ...set });
  const meter = new SessionMeter(options?.meter);
  const { level, destination } = meter.log.around(settings.LOG_LEVEL);
  const log = new EventLog(level, destination, metricsPlace(settings));

  const mySql = settings.STORE === 'mysql' ? await openMySql(settings) : undefined;
  const storage =
    mySql || dataFolder === undefined ? undefined : await openStorage(settings, dataFolder, log);
  const queue = mySql || storage ? await openQueue(PIECES) : undefined;
  let handlers: Handlers | undefined;
  const gateway = await openGateway(
    () => handlers,
    { port, host, origins },
    { ...options, meter: meter.gateway },
  ).catch(async (error: unknown) => {
    await queue?.stop();
    await storage?.stop();
    await mySql?.stop();
    throw error;
  });
  // Do not await from here on: otherwise a client could connect before the handlers exist.
  const callbackUrl = settings.CALLBACK_URL ?? gateway.callbackUrl;
  let streamed: StreamedApplication | undefined;
  const stop = async () => {
    await gateway.close();
    await streamed?.stream.stop();
    await queue?.stop();
    await storage?.stop();
    await mySql?.stop();
  };
  try {
    const instruments = { log, clock, meter, pieceMembers };
    streamed =
      storage && queue && createStreamedApplication(settings, callbackUrl, storage, queue, instruments);
    const application =
      (mySql && queue && createLocalMySqlApplication(settings, callbackUrl, mySql, queue, instruments)) ??
      streamed?.application ??
      createInMemoryApplication(settings, callbackUrl, instruments);
    const { AUTH_MODE: auth, AUTH_USER_CLAIM: userClaim } = settings;
    const site = demoSite(
      { socket: new URL(gateway.url).pathname, auth, ...(auth === 'jwt' && { userClaim }) },
      () => liveBill(meter.usage.amounts),
    );
    handlers = createHandlers(application, instruments, site, frameTimeoutMs);
  } catch (error) {
    await stop();
    throw error;
  }
  const warning = openHostWarning(host, gateway.port, entranceOf(settings));
  return {
    gateway,
    authMode: settings.AUTH_MODE,
    warning,
    get usage() {
      return meter.usage;
    },
    stop,
  };
};

const entranceOf = ({ AUTH_MODE, AUTH_SECRET }: Settings): EntryRequirement => {
  if (AUTH_MODE === 'guest') return 'guest';
  return AUTH_SECRET === DEVELOPMENT_SECRET ? 'public secret' : 'token';
};

interface Handlers {
  router(event: unknown): Promise<WebSocketResult>;
  authorizer(event: unknown): Promise<AuthorizerResult>;
  http(request: IncomingMessage, response: ServerResponse): boolean;
}

const createHandlers = (
  application: Application,
  { log, meter }: Instruments,
  site: Handlers['http'],
  frameTimeoutMs: number | undefined,
): Handlers => {
  const functions = lambdaFunctions(application, { log, meter });
  return {
    router: createRouter(application, log, frameTimeoutMs),
    authorizer: createAuthorizer(application.authorizeConnection, log),
    http: (request, response) => functions(request, response) || site(request, response),
  };
};

const openGateway = async (
  handlers: () => Handlers | undefined,
  listening: Listening,
  options: StartOptions['gateway'],
): Promise<Gateway> => {
  const router = async (event: unknown) => handlers()?.router(event);
  const answered: Route = { handler: router, routeResponse: '$default' };
  const messages = ['$default', ...ROUTES.keys()].map((key) => [key, answered] as const);
  const unanswered = [...UNANSWERED_ROUTES.keys()].map((key) => [key, { handler: router }] as const);
  try {
    return await startGateway({
      ...options,
      ...listening,
      originsSetting: 'DEV_ORIGINS',
      routes: new Map<string, Route>([
        ['$connect', { handler: router }],
        ['$disconnect', { handler: router }],
        ...messages,
        ...unanswered,
      ]),
      authorizer: async (event: unknown) => handlers()?.authorizer(event),
      onHttpRequest: (request, response) => handlers()?.http(request, response) ?? false,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const { host, port } = listening;
    if (code === 'EADDRNOTAVAIL')
      throw new Error(`HOST ${host} is no address of this machine. Set HOST to one, or leave it out.`, {
        cause: error,
      });
    if (code === 'EADDRINUSE')
      throw new Error(`PORT ${port} is in use. Stop the other program or set PORT.`, { cause: error });
    if (code === 'EACCES')
      throw new Error(`PORT ${port} is not allowed for this user. Set PORT to 1024 or above.`, {
        cause: error,
      });
    throw error;
  }
};
