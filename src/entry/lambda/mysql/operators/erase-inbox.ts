import { createEraseInbox } from '../../operators/create-erase-inbox.js';
import { createMySqlApplication } from '../mysql-application.js';

const { application, log } = createMySqlApplication();

export const handler = createEraseInbox(application, log);
