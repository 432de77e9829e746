import { authorization } from '../bindings/authorization.js';
import { onDynamoDB } from '../bindings/on-dynamodb.js';
import { createApplication } from '../container.js';
import { EventLog } from '../event-log.js';
import { readSettings } from '../settings.js';

/** Built once per instance, while Lambda loads the module. */
export const createLambdaApplication = () => {
  const settings = readSettings(process.env);
  const log = new EventLog(settings.LOG_LEVEL);
  return { application: createApplication(onDynamoDB(settings, { log }), authorization(settings)), log };
};
