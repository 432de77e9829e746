import { createAuthorizer } from '../handlers/create-authorizer.js';
import { createMySqlApplication } from './mysql-application.js';

const { application, log } = createMySqlApplication();

export const handler = createAuthorizer(application.authorizeConnection, log);
