import type { Application } from '../../application.js';

import { authorization } from '../../bindings/authorization.js';
import { limits } from '../../bindings/limits.js';
import { onDynamoDB } from '../../bindings/stores/on-dynamodb.js';
import { withoutQueue } from '../../bindings/stores/without-queue.js';
import { createApplication } from '../../container.js';
import { EventLog } from '../../event-log.js';
import { metricsPlace } from '../../metrics/metrics-place.js';
import { readSettings, type Settings } from '../../settings.js';

export interface LambdaOptions {
  /** Absent: the function has no queue. */
  queue?: (settings: Settings) => ReturnType<typeof withoutQueue>;
  /** Whether its pushes keep to a share of `PUSHES_PER_SECOND`. */
  paced?: boolean;
}

export interface LambdaApplication {
  application: Application;
  log: EventLog;
}

/**
 * Built once per instance, while Lambda loads the module, and once by the packager, which reports its error.
 *
 * @throws Error with one line that names the variable
 */
export const createLambdaApplication = (
  env: NodeJS.ProcessEnv = process.env,
  { queue = withoutQueue, paced = false }: LambdaOptions = {},
): LambdaApplication => {
  const settings = readSettings(env);
  if (settings.STORE !== 'dynamodb')
    throw new Error(`STORE ${settings.STORE} needs the bundles of a stage with \`store: ${settings.STORE}\``);
  const log = new EventLog(settings.LOG_LEVEL, undefined, metricsPlace(settings));
  const application = createApplication(
    onDynamoDB(settings, { log, paced }),
    queue(settings),
    authorization(settings),
    limits(settings),
  );
  return { application, log };
};
