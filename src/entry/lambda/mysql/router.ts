import { onQueue } from '../../bindings/stores/on-queue.js';
import { createRouter } from '../handlers/create-router.js';
import { createMySqlApplication } from './mysql-application.js';

const { application, log } = createMySqlApplication(process.env, { queue: onQueue });

export const handler = createRouter(application, log);
