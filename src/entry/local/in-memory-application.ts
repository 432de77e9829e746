import { ApiGatewayClientNotifier } from '../../adapters/api-gateway/client-notifier.js';
import { createManagementClient } from '../../adapters/api-gateway/management-client.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import { SystemRandom } from '../../adapters/system/system-random.js';
import type { Application } from '../application.js';
import { authorization } from '../bindings/authorization.js';
import { inMemory } from '../bindings/in-memory.js';
import { limits } from '../bindings/limits.js';
import { createApplication } from '../container.js';
import type { EventLog } from '../event-log.js';
import type { Settings } from '../settings.js';
import { accessTo } from './access.js';

const FAN_OUT_MS = 60_000;

/** All in variables: gone when the process ends. */
export const createInMemoryApplication = (
  settings: Settings,
  callbackUrl: string,
  log: EventLog,
): Application => {
  const clock = new SystemClock();
  const api = createManagementClient({ ...accessTo(callbackUrl), endpoint: callbackUrl, maxSockets: 64 });
  const application = createApplication(
    inMemory({
      clients: new ApiGatewayClientNotifier(api, clock, ({ connectionId, error }) =>
        log.warn({ connectionId, error }, 'A push failed'),
      ),
      clock,
      random: new SystemRandom(),
      settings,
      stream: (publication) => {
        application.deliverPublications
          .execute([publication], clock.now() + FAN_OUT_MS)
          .catch((error: unknown) => log.warn({ error }, 'A room could not be served'));
      },
    }),
    authorization(settings),
    limits(settings),
  );
  return application;
};
