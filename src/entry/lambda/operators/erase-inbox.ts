import { createLambdaApplication } from '../handlers/lambda-application.js';
import { createEraseInbox } from './create-erase-inbox.js';

const { application, log } = createLambdaApplication();

export const handler = createEraseInbox(application, log);
