import { onDynamoDB } from '../bindings/on-dynamodb.js';
import { readStoredPublication } from '../bindings/stored-publication.js';
import { createApplication } from '../container.js';
import { EventLog } from '../event-log.js';
import { readSettings } from '../settings.js';
import { createFanOut } from './create-fan-out.js';

const settings = readSettings(process.env);
const log = new EventLog(settings.LOG_LEVEL);
const application = createApplication(onDynamoDB(settings, { log }));

export const handler = createFanOut(application, readStoredPublication, log);
