import { readStreamRecord } from '../../adapters/dynamodb/log/read-stream-record.js';
import { onQueue } from '../bindings/stores/on-queue.js';
import { createFanOut } from './handlers/create-fan-out.js';
import { createLambdaApplication } from './handlers/lambda-application.js';

const { application, log } = createLambdaApplication(process.env, { queue: onQueue });

export const handler = createFanOut(application, readStreamRecord, log);
