import { readStreamRecord } from '../../adapters/dynamodb/log/read-stream-record.js';
import { onQueue } from '../bindings/on-queue.js';
import { createFanOut } from './create-fan-out.js';
import { createLambdaApplication } from './lambda-application.js';

const { application, log } = createLambdaApplication(process.env, { queue: onQueue });

export const handler = createFanOut(application, readStreamRecord, log);
