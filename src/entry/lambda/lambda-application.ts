import type { Application } from '../application.js';
import { authorization } from '../bindings/authorization.js';
import { limits } from '../bindings/limits.js';
import { onDynamoDB } from '../bindings/on-dynamodb.js';
import { createApplication } from '../container.js';
import { EventLog } from '../event-log.js';
import { readSettings } from '../settings.js';

/** Built once per instance, while Lambda loads the module. */
export const createLambdaApplication = (): { application: Application; log: EventLog } => {
  const settings = readSettings(process.env);
  const log = new EventLog(settings.LOG_LEVEL);
  const application = createApplication(
    onDynamoDB(settings, { log }),
    authorization(settings),
    limits(settings),
  );
  return { application, log };
};
