import { readStreamRecord } from '../../adapters/dynamodb/log/read-stream-record.js';
import { createFanOut } from './create-fan-out.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication();

export const handler = createFanOut(application, readStreamRecord, log);
