import { createRemoveUser } from '../../operators/create-remove-user.js';
import { createMySqlApplication } from '../mysql-application.js';

const { application, log } = createMySqlApplication();

export const handler = createRemoveUser(application, log);
