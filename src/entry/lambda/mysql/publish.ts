import { onQueue } from '../../bindings/stores/on-queue.js';
import { createPublish } from '../back-end/create-publish.js';
import { createMySqlApplication } from './mysql-application.js';

const { application, log } = createMySqlApplication(process.env, { queue: onQueue });

export const handler = createPublish(application, log);
