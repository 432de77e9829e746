import type { Application } from '../application.js';
import { authorization } from '../bindings/authorization.js';
import { limits } from '../bindings/limits.js';
import { onDynamoDB } from '../bindings/on-dynamodb.js';
import { createApplication } from '../container.js';
import { EventLog } from '../event-log.js';
import { readSettings } from '../settings.js';

export interface LambdaApplication {
  application: Application;
  log: EventLog;
}

/**
 * Built once per instance, while Lambda loads the module, and once by the packager, which reports what it throws.
 *
 * @throws Error with one line that names the variable
 */
export const createLambdaApplication = (env: NodeJS.ProcessEnv = process.env): LambdaApplication => {
  const settings = readSettings(env);
  if (settings.STORE !== 'dynamodb')
    throw new Error(`STORE ${settings.STORE} needs the bundles of a stage with \`store: ${settings.STORE}\``);
  const log = new EventLog(settings.LOG_LEVEL);
  const application = createApplication(
    onDynamoDB(settings, { log }),
    authorization(settings),
    limits(settings),
  );
  return { application, log };
};
