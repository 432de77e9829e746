import { createClientNotifier } from '../../../adapters/api-gateway/create-client-notifier.js';
import { SystemRandom } from '../../../adapters/system/system-random.js';
import type { Application } from '../../application.js';
import { authorization } from '../../bindings/authorization.js';
import { limits } from '../../bindings/limits.js';
import { inMemory } from '../../bindings/stores/in-memory.js';
import { createApplication } from '../../container.js';
import type { Settings } from '../../settings.js';
import { serveInProcess } from '../serve-in-process.js';
import { accessTo } from '../settings/access.js';
import type { Instruments } from '../settings/instruments.js';

/** Keeps everything in memory until the process ends. */
export const createInMemoryApplication = (
  settings: Settings,
  callbackUrl: string,
  instruments: Instruments,
): Application => {
  const { log, clock } = instruments;
  const connectionsApi = { ...accessTo(callbackUrl), endpoint: callbackUrl, maxSockets: 64 };
  const application = createApplication(
    inMemory({
      clients: createClientNotifier(connectionsApi, clock, ({ connectionId, error }) =>
        log.warn({ connectionId, error }, 'A push failed'),
      ),
      clock,
      random: new SystemRandom(),
      settings,
      log,
      onHandover: serveInProcess(() => application, instruments),
    }),
    authorization(settings),
    limits(settings),
  );
  return application;
};
