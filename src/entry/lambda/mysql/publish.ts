import { createPublish } from '../back-end/create-publish.js';
import { createMySqlApplication } from './mysql-application.js';

const { application, log } = createMySqlApplication();

export const handler = createPublish(application, log);
