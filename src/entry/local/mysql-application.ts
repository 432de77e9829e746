import type { Database } from '../../adapters/mysql/database/database.js';
import type { Application } from '../application.js';
import { authorization } from '../bindings/authorization.js';
import { limits } from '../bindings/limits.js';
import { onMySql } from '../bindings/on-mysql.js';
import { createApplication } from '../container.js';
import type { Settings } from '../settings.js';
import { accessTo } from './access.js';
import type { LocalQueue } from './queue/open-queue.js';
import { onLocalQueue, servePieces } from './queue/serve-pieces.js';
import type { Surroundings } from './surroundings.js';

/** Runs on a MySQL server. */
export const createMySqlApplication = (
  settings: Settings,
  callbackUrl: string,
  database: Database,
  queue: LocalQueue,
  surroundings: Surroundings,
): Application => {
  const application = createApplication(
    onMySql(settings, {
      database,
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
