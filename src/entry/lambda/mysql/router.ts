import { onQueue } from '../../bindings/on-queue.js';
import { createRouter } from '../create-router.js';
import { createMySqlApplication } from './mysql-application.js';

const { application, log } = createMySqlApplication(process.env, { queue: onQueue });

export const handler = createRouter(application, log);
