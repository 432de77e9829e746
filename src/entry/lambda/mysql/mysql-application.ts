import { authorization } from '../../bindings/authorization.js';
import { deployedMySql } from '../../bindings/deployed-mysql.js';
import { limits } from '../../bindings/limits.js';
import { mysqlUpkeep } from '../../bindings/mysql-upkeep.js';
import { onMySql } from '../../bindings/on-mysql.js';
import { withoutQueue } from '../../bindings/without-queue.js';
import { createApplication } from '../../container.js';
import { EventLog } from '../../event-log.js';
import { readSettings } from '../../settings.js';
import type { LambdaApplication, LambdaOptions } from '../lambda-application.js';

export interface MySqlApplication extends LambdaApplication {
  removeExpired(): Promise<number>;
  close(): Promise<void>;
}

/**
 * As `createLambdaApplication`, on the MySQL server of a stage.
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
  const log = new EventLog(settings.LOG_LEVEL);
  const database = deployedMySql(settings);
  const application = createApplication(
    onMySql(settings, { database, callbackUrl, log, paced }),
    queue(settings),
    authorization(settings),
    limits(settings),
  );
  return { application, log, removeExpired: mysqlUpkeep(database), close: () => database.close() };
};
