import type { Application } from '../../application.js';
import { authorization } from '../../bindings/authorization.js';
import { limits } from '../../bindings/limits.js';
import { onMySql } from '../../bindings/stores/on-mysql.js';
import { createApplication } from '../../container.js';
import type { Settings } from '../../settings.js';
import type { LocalQueue } from '../queue/open-queue.js';
import { onLocalQueue, servePieces } from '../queue/serve-pieces.js';
import { accessTo } from '../settings/access.js';
import type { Surroundings } from '../settings/surroundings.js';
import type { MySqlStorage } from '../storage/mysql.js';

/** Runs on a MySQL server. */
export const createMySqlApplication = (
  settings: Settings,
  callbackUrl: string,
  { database, oneClock }: MySqlStorage,
  queue: LocalQueue,
  surroundings: Surroundings,
): Application => {
  const application = createApplication(
    onMySql(settings, {
      database,
      oneClock,
      callbackUrl,
      callbacks: accessTo(callbackUrl),
      ...surroundings,
    }),
    onLocalQueue(settings, queue),
    authorization(settings),
    limits(settings),
  );
  servePieces(application, queue, surroundings);
  return application;
};
