import type { Database } from '../../adapters/mysql/database/database.js';
import type { Application } from '../application.js';
import { authorization } from '../bindings/authorization.js';
import { limits } from '../bindings/limits.js';
import { onMySql } from '../bindings/on-mysql.js';
import { createApplication } from '../container.js';
import type { Settings } from '../settings.js';
import { accessTo } from './access.js';
import { serveInProcess } from './serve-in-process.js';
import type { Surroundings } from './streamed-application.js';

/** Runs on a MySQL server. */
export const createMySqlApplication = (
  settings: Settings,
  callbackUrl: string,
  database: Database,
  surroundings: Surroundings,
): Application => {
  const application = createApplication(
    onMySql(settings, {
      database,
      callbackUrl,
      callbacks: accessTo(callbackUrl),
      ...surroundings,
      onHandover: serveInProcess(() => application, surroundings),
    }),
    authorization(settings),
    limits(settings),
  );
  return application;
};
