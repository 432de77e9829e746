import { createLambdaApplication } from './lambda-application.js';
import { createEraseInbox } from './operators/create-erase-inbox.js';

const { application, log } = createLambdaApplication();

export const handler = createEraseInbox(application, log);
