import { onDynamoDB } from '../bindings/on-dynamodb.js';
import { createApplication } from '../container.js';
import { EventLog } from '../event-log.js';
import { readSettings } from '../settings.js';
import { createRouter } from './create-router.js';

const settings = readSettings(process.env);
const log = new EventLog(settings.LOG_LEVEL);
const application = createApplication(onDynamoDB(settings, { log }));

export const handler = createRouter(application, log);
