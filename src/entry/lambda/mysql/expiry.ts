import { createExpiry } from './create-expiry.js';
import { createMySqlApplication } from './mysql-application.js';

const { log, removeExpired } = createMySqlApplication();

export const handler = createExpiry(removeExpired, log);
