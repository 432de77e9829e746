import { InMemoryClientNotifier } from '../../../src/adapters/in-memory/client-notifier.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { ALL_PERMISSIONS, formatPermissions } from '../../../src/domain/access/permissions.js';
import type { Application } from '../../../src/entry/application.js';
import { authorization } from '../../../src/entry/bindings/authorization.js';
import { limits } from '../../../src/entry/bindings/limits.js';
import { inMemory } from '../../../src/entry/bindings/stores/in-memory.js';
import { createApplication } from '../../../src/entry/container.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { createRouter } from '../../../src/entry/lambda/handlers/create-router.js';
import { readSettings } from '../../../src/entry/settings.js';

/** The handler of every route on the in-memory adapters, with its log. */
export const routerWorld = () => {
  const settings = readSettings({ AUTH_MODE: 'guest', RATE_LIMIT: 'off', OPENING_MS: '0' });
  const lines: Record<string, unknown>[] = [];
  const clients = new InMemoryClientNotifier();
  const application: Application = createApplication(
    inMemory({
      clients,
      clock: new SystemClock(),
      random: new SystemRandom(),
      settings,
    }),
    authorization(settings),
    limits(settings),
  );
  const log = new EventLog('info', { write: (line: string) => lines.push(JSON.parse(line)) });
  return { application, clients, lines, handler: createRouter(application, log) };
};

/** A MESSAGE event as API Gateway sends it. */
export const messageEvent = (routeKey: string, body: unknown, connectionId = 'Ab12Cd34Ef56Gh0=') => ({
  requestContext: {
    routeKey,
    eventType: 'MESSAGE',
    connectionId,
    requestId: 'R1R1R1R1R1R1R1R=',
    extendedRequestId: 'R1R1R1R1R1R1R1R=',
    messageId: 'M1M1M1M1M1M1M1M=',
    requestTime: '21/Nov/2026:04:32:00 +0000',
    requestTimeEpoch: 1_795_235_520_000,
    connectedAt: Date.now(),
    messageDirection: 'IN',
    stage: 'dev',
    domainName: 'abc.execute-api.eu-west-1.amazonaws.com',
    apiId: 'abc',
    identity: { sourceIp: '192.0.2.1' },
    authorizer: { principalId: 'alice', userId: 'alice', permissions: formatPermissions(ALL_PERMISSIONS) },
  },
  body,
  isBase64Encoded: false,
});

export const connectEvent = (connectionId?: string) => {
  const { body: _, requestContext, ...event } = messageEvent('$connect', '', connectionId);
  return { ...event, requestContext: { ...requestContext, eventType: 'CONNECT' } };
};
