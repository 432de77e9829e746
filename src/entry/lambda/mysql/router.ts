import { createRouter } from '../create-router.js';
import { createMySqlApplication } from './mysql-application.js';

const { application, log } = createMySqlApplication();

export const handler = createRouter(application, log);
