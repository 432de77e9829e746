import type { Application } from '../../application.js';
import { authorization } from '../../bindings/authorization.js';
import { limits } from '../../bindings/limits.js';
import { onMySql } from '../../bindings/stores/on-mysql.js';
import { createApplication } from '../../container.js';
import type { Settings } from '../../settings.js';
import type { LocalQueue } from '../queue/open-queue.js';
import { onLocalQueue, servePieces } from '../queue/serve-pieces.js';
import { accessTo } from '../settings/access.js';
import type { Instruments } from '../settings/instruments.js';
import type { MySqlStorage } from '../storage/mysql.js';

/** Runs on a MySQL server. */
export const createLocalMySqlApplication = (
  settings: Settings,
  callbackUrl: string,
  { database, oneClock }: MySqlStorage,
  queue: LocalQueue,
  instruments: Instruments,
): Application => {
  const application = createApplication(
    onMySql(settings, {
      database,
      oneClock,
      callbackUrl,
      callbacks: accessTo(callbackUrl),
      ...instruments,
    }),
    onLocalQueue(settings, queue),
    authorization(settings),
    limits(settings, instruments),
  );
  servePieces(application, queue, instruments);
  return application;
};
