import { authorization } from '../../bindings/authorization.js';
import { limits } from '../../bindings/limits.js';
import { deployedMySql } from '../../bindings/stores/deployed-mysql.js';
import { mysqlUpkeep } from '../../bindings/stores/mysql-upkeep.js';
import { onMySql } from '../../bindings/stores/on-mysql.js';
import { withoutQueue } from '../../bindings/stores/without-queue.js';
import { createApplication } from '../../container.js';
import { EventLog } from '../../event-log.js';
import { metricsPlace } from '../../metrics/metrics-place.js';
import { readSettings } from '../../settings.js';
import type { LambdaApplication, LambdaOptions } from '../handlers/lambda-application.js';

export interface MySqlApplication extends LambdaApplication {
  removeExpired(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Like `createLambdaApplication`, on the MySQL server of a stage.
 *
 * @throws Error with one line that names the variable
 */
export const createMySqlApplication = (
  env: NodeJS.ProcessEnv = process.env,
  { queue = withoutQueue, paced = false }: LambdaOptions = {},
): MySqlApplication => {
  const settings = readSettings(env);
  const { STORE: store, CALLBACK_URL: callbackUrl } = settings;
  if (store !== 'mysql')
    throw new Error(`STORE ${store} needs the bundles of a stage with \`store: ${store}\``);
  if (callbackUrl === undefined) throw new Error('CALLBACK_URL is not set');
  const log = new EventLog(settings.LOG_LEVEL, undefined, metricsPlace(settings));
  const database = deployedMySql(settings);
  const application = createApplication(
    onMySql(settings, { database, callbackUrl, log, paced }),
    queue(settings),
    authorization(settings),
    limits(settings),
  );
  return { application, log, removeExpired: mysqlUpkeep(database), close: () => database.close() };
};
