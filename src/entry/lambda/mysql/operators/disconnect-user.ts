import { createDisconnectUser } from '../../operators/create-disconnect-user.js';
import { createMySqlApplication } from '../mysql-application.js';

const { application, log } = createMySqlApplication();

export const handler = createDisconnectUser(application, log);
